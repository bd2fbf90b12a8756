"""What a declaration says in each of its versions, and what became of the version before."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from registry.changes.kinds import Known
from registry.changes.reading import history
from registry.declarations.documents.content import ContentFact, contents
from registry.declarations.facts import DeclarationFact, DeclarationState
from registry.declarations.service import DECLARATION


class News(StrEnum):
    """What a further version means for the one before it."""

    REPLACED = "replaced"
    TAKEN_BACK = "taken-back"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a declaration says in one version, and its document where it has one."""

    fact: DeclarationFact
    content: ContentFact | None


@dataclass(frozen=True, slots=True)
class Versions:
    """Every version of one declaration, first to last; versions are counted from 1."""

    declarations: Sequence[Known[DeclarationFact]]
    contents: Sequence[Known[ContentFact]]

    @classmethod
    def of(cls, session: Session, declaration_id: UUID, *, as_of: int) -> "Versions":
        known = history(session, DECLARATION, declaration_id, as_of=as_of)
        return cls(known, contents(session, declaration_id, as_of=as_of))

    def stated(self, number: int) -> Stated:
        """A version's document is the last that was recorded before the next version."""
        known = self.declarations
        until = known[number].header.seq if number < len(known) else None
        came = [one.fact for one in self.contents if until is None or one.header.seq < until]
        return Stated(known[number - 1].fact, came[-1] if came else None)

    def news(self, number: int) -> News | None:
        """None of a first version, and of one that says again what counts already."""
        if number == 1 or self.stated(number) == self.stated(number - 1):
            return None
        now, before = self.stated(number), self.stated(number - 1)
        if now.fact.state is DeclarationState.WITHDRAWN:
            return None if before.fact.state is DeclarationState.WITHDRAWN else News.WITHDRAWN
        earlier = (self.stated(one) for one in range(1, number - 1))
        return News.TAKEN_BACK if any(_says_again(now, one) for one in earlier) else News.REPLACED


def _says_again(now: Stated, earlier: Stated) -> bool:
    """What had no document has one made of its record where it counts again."""
    made = earlier.content is None and now.content is not None and now.content.source_format is None
    return now.fact == earlier.fact and (made or now.content == earlier.content)
