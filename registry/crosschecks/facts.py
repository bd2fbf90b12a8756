"""One look at an official platform: where, when, in which role, with what result; never a person's name.

The screenshot stays with whoever looked until files are stored; its sha256 is public, so that the file can be
proved later.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from registry.kit.types import NO_NUL, Fact

Words = Annotated[str, Field(min_length=1, max_length=400, pattern=NO_NUL)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Result(StrEnum):
    """What the platform showed; an unreachable platform says nothing of the certificate."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    UNREACHABLE = "unreachable"


class Looker(StrEnum):
    """In which role someone looked; 双人核对 needs a transcriber and a second person."""

    TRANSCRIBER = "transcriber"
    SECOND_PERSON = "second_person"
    OPERATOR = "operator"


class CrossCheckFact(Fact):
    """One look-up of one certificate by the number typed in; `differences` says what did not agree."""

    id: UUID
    certificate_id: UUID
    number: Words
    platform: Words
    checked_on: date
    looker: Looker
    result: Result
    differences: Words | None = None
    screenshot_sha256: Sha256 | None = None
    recheck_due: date | None = None

    @model_validator(mode="after")
    def _parts_agree(self) -> "CrossCheckFact":
        if (self.result is Result.DIFFERS) != (self.differences is not None):
            raise ValueError("differences are stated where the result differs, and only there")
        if self.recheck_due is not None and self.recheck_due < self.checked_on:
            raise ValueError("the next look is due before this one")
        return self
