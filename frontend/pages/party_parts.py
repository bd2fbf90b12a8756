"""What the pages of organisations and plants share: a record, its lists in words, its history."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from frontend.pages import verdicts, verify
from frontend.pages.cards import state_badge
from frontend.pages.party_links import organisation_link
from frontend.pages.reference import Reference
from frontend.pages.words import Words
from frontend.views.organisation import Held, Made
from frontend.views.parts import Badge, Link, Notice, Tone
from frontend.views.product import VersionLine
from registry.certificates.facts import CertificateFact
from registry.certificates.states import on_day
from registry.changes.codes import by_code
from registry.changes.kinds import FactKind, Known
from registry.changes.reading import Point, day_known, history, many
from registry.dossiers.load import load
from registry.kit.types import Fact as Record
from registry.parties.facts import OrganisationFact
from registry.parties.service import ORGANISATION
from registry.products.facts import ProductFact

MOST = 30  # lines of a list on one page
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Party:
    """Where a page of an organisation or a plant is made."""

    session: Session
    at: Point
    known: Reference
    words: Words
    current: bool

    def record(self, kind: FactKind[R], code: str) -> Known[R]:
        return by_code(self.session, code, kind, self.at)

    def named(self, ids: Iterable[UUID]) -> dict[UUID, OrganisationFact]:
        return {key: one.fact for key, one in many(self.session, ORGANISATION, ids, self.at).items()}

    def notices(self, path: str) -> tuple[Notice, ...]:
        """A look back says so and leads to the present."""
        if self.current:
            return ()
        link = Link(self.words.say("history.to-current"), path)
        text = self.words.say("history.looking-back", day=self.at.on, as_of=self.at.as_of)
        return (Notice(Tone.WARN, text, links=(link,)),)

    def made(self, products: Sequence[Known[ProductFact]]) -> tuple[Made, ...]:
        """The first products with the state of their best certificate."""
        shown = products[:MOST]
        dossiers = load(self.session, [one.fact.id for one in shown], self.at, kinds=self.known.kinds)
        words = self.words
        return tuple(
            Made(
                name=Link(words.name(one.fact), f"/{words.lang}/products/{one.fact.code}"),
                kind=self.known.kind(one.fact.kind, words),
                models=words.listed(one.fact.models) or "—",
                state=Badge(words.say("verdict.removed"), Tone.BAD)
                if one.fact.removed
                else state_badge(dossiers[one.fact.id], words),
            )
            for one in shown
        )

    def held(
        self, found: Sequence[Known[CertificateFact]], other: Callable[[CertificateFact], UUID]
    ) -> tuple[Held, ...]:
        """The first certificates with their state; `other` is the party worth naming beside them."""
        words, shown = self.words, [known.fact for known in found[:MOST]]
        parties = self.named(other(fact) for fact in shown)
        rows = []
        for fact in shown:
            state = on_day(fact, self.at.on)
            badge = Badge(words.say(f"state.{state}"), verdicts.TONES.get(state, Tone.BAD))
            party = parties.get(other(fact))
            rows.append(
                Held(
                    number=Link(fact.number, verify.address(fact.code)),
                    category=self.known.category(fact.category, words),
                    other=organisation_link(party, words),
                    until=words.day(fact.valid_to),
                    state=badge,
                )
            )
        return tuple(rows)

    def versions(self, kind: FactKind[R], key: UUID, path: str) -> tuple[VersionLine, ...]:
        """Every version, newest first, each as it was known then."""
        words, found = self.words, history(self.session, kind, key, as_of=self.at.as_of)
        newest = found[-1].header.seq
        return tuple(
            VersionLine(
                label=words.say("party.version", version=one.header.version),
                day=words.day(one.header.effective_on),
                text=words.joined(
                    words.say("history.published" if one.header.version == 1 else "history.changed"),
                    words.say("history.recorded", day=day_known(one.header)),
                ),
                href=f"{path}?on={one.header.effective_on.isoformat()}&as_of={one.header.seq}",
                current=self.current and one.header.seq == newest,
            )
            for one in reversed(found)
        )
