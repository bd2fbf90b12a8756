"""双人核对: what each of the two reviewers found when looking a document up at its source.

A certificate or report copied by hand is published only after both looked and both found that it agrees.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from registry.applications.fields import Part
from registry.applications.states import Step
from registry.crosschecks.facts import CrossCheckFact, Looker, Result, Sha256, Words
from registry.kit.errors import Invalid
from registry.kit.ids import derived
from registry.kit.known_by import CrossCheck, KnownBy, Source
from registry.kit.messages import say
from registry.kit.types import Fact

COPIED = (Part.CERTIFICATE, Part.REPORT, Part.HONOUR)


class LookUp(Fact):
    """One look at an official platform or at the issuer's own page; the looker stands in the event."""

    part: Part
    platform: Words
    checked_on: date
    result: Result
    screenshot_sha256: Sha256 | None = None
    recheck_due: date | None = Field(None, description="When somebody has to look again")


LookUps = Annotated[tuple[LookUp, ...], Field(max_length=len(COPIED))]


def settled(parts: Sequence[Part], looks: Sequence[LookUp], *, today: date) -> dict[str, Any]:
    """The looks as an event keeps them; refused where one is missing, ahead of its day or disagrees."""
    by_part = {look.part: look for look in looks}
    needed = [part for part in parts if part in COPIED]
    if set(by_part) != set(needed) or len(by_part) != len(looks):
        raise Invalid("application-looks-needed", parts=[str(part) for part in needed])
    for look in looks:
        if look.checked_on > today:
            raise Invalid("cross-check-ahead", day=look.checked_on, today=today)
        if look.recheck_due is not None and look.recheck_due < look.checked_on:
            raise Invalid("application-look-due-before", part=str(look.part))
        if look.result is not Result.AGREES:
            raise Invalid("application-look-disagrees", part=str(look.part), result=str(look.result))
    return {str(part): by_part[part].model_dump(mode="json") for part in needed}


def of_event(details: Mapping[str, Any]) -> dict[Part, LookUp]:
    """The looks that an approval kept."""
    return {Part(part): LookUp.model_validate(look) for part, look in details.get("looks", {}).items()}


def known_by(look: LookUp) -> KnownBy:
    """Transcribed, with the first reviewer's look beside it."""
    check = CrossCheck(
        platform=look.platform,
        checked_on=look.checked_on,
        result=say(f"application.look.{look.result}", "zh"),
        screenshot_sha256=look.screenshot_sha256,
        recheck_due=look.recheck_due,
    )
    return KnownBy(source=Source.TRANSCRIBED, cross_check=check)


def second(application_id: UUID, look: LookUp, *, certificate_id: UUID, number: str) -> CrossCheckFact:
    """The second reviewer's look as a fact of its own."""
    return CrossCheckFact(
        id=derived("application", str(application_id), "look", Step.PUBLISH),
        certificate_id=certificate_id,
        number=number,
        platform=look.platform,
        checked_on=look.checked_on,
        looker=Looker.SECOND_PERSON,
        result=look.result,
        screenshot_sha256=look.screenshot_sha256,
        recheck_due=look.recheck_due,
    )
