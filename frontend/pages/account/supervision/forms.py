"""The forms of a complaint's page: one for each step that is open to this person, and none besides."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from frontend.pages.account.body.side import Clerk
from frontend.pages.account.supervision.parts import Again, Inputs, by, desk
from frontend.views.supervision import Form, Tick
from registry.access.permissions import Act, allows
from registry.supervision.complaint import Complaint
from registry.supervision.facts import Measure, Outcome
from registry.supervision.states import OF_THE_PARTY, Step, open_steps

MEASURES = "measures"


def forms(clerk: Clerk, one: Complaint, again: Again) -> tuple[Form, ...]:
    """In the order of the steps; the permission table speaks first."""
    steps = open_steps(one.case, by(clerk).person, today=clerk.today)

    def may(step: Step) -> bool:
        act = Act.REPLY_TO_COMPLAINT if step in OF_THE_PARTY else Act.HANDLE_COMPLAINT
        return step in steps and allows(clerk.actor, act, one.target())

    return tuple(_FORMS[step](clerk, one, again) for step in Step if step in _FORMS and may(step))


def _form(step: Step) -> Callable[[Clerk, Complaint, Again], Form]:
    def made(clerk: Clerk, one: Complaint, again: Again) -> Form:
        words = clerk.visit.words
        inputs = Inputs(words, "complaint", again)
        fields = [inputs.one(f"{step}-words", kind="textarea")] if step in (Step.DISMISS, Step.REPLY) else []
        days = desk(clerk).terms.reply_days
        return Form(
            ident=f"form-{step}",
            title=words.say(f"complaint.act.{step}"),
            action=clerk.visit.path(f"complaints/{one.number}/{step}"),
            button=words.say(f"complaint.button.{step}"),
            fields=tuple(fields),
            hidden=(("revision", str(one.revision)),),
            consequence=words.say(f"complaint.consequence.{step}", days=days),
            danger=step is Step.DISMISS,
        )

    return made


def _decision(step: Step) -> Callable[[Clerk, Complaint, Again], Form]:
    def made(clerk: Clerk, one: Complaint, again: Again) -> Form:
        words = clerk.visit.words
        inputs = Inputs(words, "complaint", again)
        chosen = again.values.get(MEASURES, "").split()
        usual = clerk.today + timedelta(days=desk(clerk).terms.appeal_days)
        outcomes = [("", words.say("complaint.choose"))]
        outcomes += [(str(outcome), words.say(f"finding.outcome.{outcome}")) for outcome in Outcome]
        return Form(
            ident=f"form-{step}",
            title=words.say(f"complaint.act.{step}"),
            action=clerk.visit.path(f"complaints/{one.number}/{step}"),
            button=words.say(f"complaint.button.{step}"),
            fields=(
                inputs.one("outcome", kind="select", options=outcomes),
                inputs.one(f"{step}-words", kind="textarea"),
                inputs.one("appeal", required=False, usual=usual.isoformat()),
            ),
            ticks=tuple(
                Tick(MEASURES, str(one), words.say(f"finding.measure.{one}"), ticked=one in chosen)
                for one in Measure
            ),
            ticks_label=words.say("complaint.field.measures"),
            hidden=(("revision", str(one.revision)),),
            consequence=words.say(f"complaint.consequence.{step}"),
        )

    return made


_FORMS: Mapping[Step, Callable[[Clerk, Complaint, Again], Form]] = {
    Step.ADMIT: _form(Step.ADMIT),
    Step.DISMISS: _form(Step.DISMISS),
    Step.FORWARD: _form(Step.FORWARD),
    Step.REPLY: _form(Step.REPLY),
    Step.DECIDE: _decision(Step.DECIDE),
    Step.REVISE: _decision(Step.REVISE),
}
