"""The forms of a case: those whose step is open to this officer, and no others."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from frontend.pages.account.parts import Visit
from frontend.pages.account.review.desk import Officer, case_path
from frontend.pages.account.review.typed import Again, look_name
from frontend.views.parts import Field, Option
from frontend.views.review import Decision, LookForm
from registry.access.actors import ActorRole
from registry.accounts import memberships
from registry.applications import looking, store
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.looking import COPIED
from registry.applications.states import State, Step
from registry.crosschecks.facts import Result


@dataclass(frozen=True, slots=True)
class Forms:
    """Builds each form from the steps that are open; what was typed before stands in it again."""

    visit: Visit
    officer: Officer
    application: Application
    steps: frozenset[Step]
    again: Again

    def take(self) -> Decision | None:
        return self._plain(Step.TAKE, "take")

    def send_back(self) -> Decision | None:
        return self._plain(Step.RETURN, "return", self._reason("review.return-reason"))

    def approve(self, session: Session) -> Decision | None:
        """The first approval or, for a second person, the publication."""
        words = self.visit.words
        if Step.APPROVE in self.steps:
            step, path, consequence = Step.APPROVE, "approve", words.say("review.approve-text")
        elif Step.PUBLISH in self.steps:
            step, path = Step.PUBLISH, "publish"
            consequence = words.say("review.publish-text", looked=self._first_look(session))
        else:
            return None
        return Decision(
            action=case_path(self.visit, self.application.number, path),
            button=words.say(f"review.do.{step}"),
            looks=tuple(self._look(part) for part in COPIED if part in self.application.given().parts()),
            consequence=consequence,
        )

    def others(self, session: Session) -> tuple[Decision, ...]:
        """Handing over, putting back, and taking out of the register what was published."""
        found = [
            self._plain(Step.HAND_OVER, "hand-over", *self._receiver(session), self._reason("review.reason"))
            if self._receiver(session)
            else None,
            self._plain(Step.PUT_BACK, "put-back", self._reason("review.reason")),
            self._plain(Step.REMOVE, "remove", self._reason("review.public-reason")),
        ]
        return tuple(one for one in found if one is not None)

    def _plain(self, step: Step, path: str, *fields: Field) -> Decision | None:
        if step not in self.steps:
            return None
        action = case_path(self.visit, self.application.number, path)
        return Decision(action, self.visit.words.say(f"review.do.{step}"), fields)

    def _reason(self, label: str) -> Field:
        words = self.visit.words
        return Field(
            "reason", words.say(label), self.again.typed.reason, error=self._fault("reason"), required=True
        )

    def _receiver(self, session: Session) -> tuple[Field, ...]:
        """Officers of the same office who had no part in this case."""
        case, words, me = self.application.case, self.visit.words, self.officer.actor
        if me.organisation_id is None:
            return ()
        apart = {me.account_id, case.first.account_id if case.first else None, *case.applicants}
        found = memberships.of_organisation(session, me.organisation_id, now=self.officer.now)
        options = tuple(
            Option(str(account.id), account.name, str(account.id) == self.again.typed.to)
            for row, account in found
            if row.role == ActorRole.REGISTRY_OFFICER and account.id not in apart
        )
        field = Field("to", words.say("review.receiver"), kind="select", options=options, required=True)
        return (field,) if options else ()

    def _first_look(self, session: Session) -> str:
        """What the first of the two noted; the second looks for themselves."""
        words = self.visit.words
        approvals = [one for one in store.events(session, self.application.id) if one.act == Step.APPROVE]
        looks = looking.of_event(approvals[-1].details) if approvals else {}
        return words.joined(
            *(
                words.say(
                    "review.first-look",
                    part=words.say(f"review.part.{part}"),
                    day=look.checked_on,
                    platform=look.platform,
                    result=words.say(f"look.{look.result}"),
                )
                for part, look in looks.items()
            )
        )

    def _look(self, part: Part) -> LookForm:
        words, today = self.visit.words, self.officer.today.isoformat()
        results = (
            Option("", words.say("review.choose"), chosen=True),
            *(
                Option(str(one), words.say(f"look.{one}"), self._given(part, "result") == one)
                for one in Result
            ),
        )
        choice = Field("result", "", kind="select", options=results, required=True)
        fields = (
            self._look_field(part, Field("platform", "", required=True)),
            self._look_field(part, Field("checked_on", "", today, required=True)),
            self._look_field(part, choice),
            self._look_field(part, Field("screenshot_sha256", "")),
            self._look_field(part, Field("recheck_due", "")),
        )
        document = self.application.typed.get(f"{part}.number", "")
        second = self.application.state is State.APPROVED_ONCE
        key = "review.look-second" if second else "review.look-first"
        return LookForm(words.say(key, part=words.say(f"review.part.{part}")), document, fields)

    def _look_field(self, part: Part, plain: Field) -> Field:
        """A field of a look-up with its words and what was typed before."""
        words, name, full = self.visit.words, plain.name, look_name(part, plain.name)
        return replace(
            plain,
            name=full,
            label=words.say(f"review.look.{name}"),
            value=self.again.typed.looks.get(full, plain.value),
            hint="" if name in {"platform", "result"} else words.say(f"review.look-hint.{name}"),
            error=self._fault(full),
        )

    def _given(self, part: Part, name: str) -> str:
        return self.again.typed.looks.get(look_name(part, name), "")

    def _fault(self, name: str) -> str:
        return next((one.text for one in self.again.errors if one.field_id == name), "")
