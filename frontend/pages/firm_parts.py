"""Honours, energy records and disclosures of an organisation or a plant, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from frontend.pages import verify
from frontend.pages.words import Words
from frontend.views.organisation import FirmLine, FirmSection
from frontend.views.parts import Badge, Link, Tone
from registry.changes.kinds import FactKind, Known
from registry.changes.reading import Point, many
from registry.declarations.facts import Verification
from registry.firms import service
from registry.firms.facts import DisclosureFact, EnergyRecordFact, HonourFact
from registry.firms.judging import Standing, Verdict
from registry.firms.service import DISCLOSURE, ENERGY_RECORD, HONOUR
from registry.kit.known_by import Source
from registry.kit.types import plain
from registry.parties.service import ORGANISATION, PLANT

# A firm's own figures are never green: that is the colour of what a certificate proves.
TONES = {
    Verdict.BENCHMARK: Tone.QUIET,
    Verdict.BETWEEN: Tone.QUIET,
    Verdict.WORSE: Tone.BAD,
    Verdict.UNDECIDED: Tone.WARN,
}
F = TypeVar("F", HonourFact, EnergyRecordFact, DisclosureFact)


@dataclass(frozen=True, slots=True)
class Firms:
    """Where these words are made."""

    session: Session
    at: Point
    words: Words

    def sections(
        self, *, organisation_id: UUID | None = None, plant_id: UUID | None = None
    ) -> tuple[FirmSection, ...]:
        """What stands of one of the two; a list of nothing is left out."""

        def found(kind: FactKind[F]) -> Sequence[Known[F]]:
            if plant_id is not None:
                return service.of_plant(self.session, kind, plant_id, self.at)
            assert organisation_id is not None
            return service.of_organisation(self.session, kind, organisation_id, self.at)

        lists = (
            ("honours", [self.honour(one.fact) for one in found(HONOUR)]),
            ("energy", [self.energy(one.fact) for one in found(ENERGY_RECORD)]),
            ("disclosures", [self.disclosure(one.fact) for one in found(DISCLOSURE)]),
        )
        note = self.words.say("firms.note")
        return tuple(
            FirmSection(name, self.words.say(f"firms.title.{name}"), note, tuple(lines))
            for name, lines in lists
            if lines
        )

    def honour(self, fact: HonourFact) -> FirmLine:
        words = self.words
        by = words.say(
            "firms.honour-by",
            authority=fact.authority,
            document=fact.document,
            day=words.stated_day(fact.awarded_on),
        )
        number = [words.say("firms.number", number=fact.document_number)] if fact.document_number else []
        return FirmLine(
            title=Link(honour_name(fact, words), verify.address(fact.code)),
            badge=self._term(fact),
            texts=(*self._place(fact.plant_id), by, *number, term(fact, words)),
            link=self._document(fact.address),
        )

    def energy(self, fact: EnergyRecordFact) -> FirmLine:
        words = self.words
        standing = service.standing_of(self.session, fact, self.at)
        period = words.say("firms.period", start=fact.period_from, end=fact.period_to)
        size = [words.say("firms.size", size=plain(fact.size))] if fact.size is not None else []
        basis = words.say("firms.basis", boundary=fact.boundary, method=fact.method, source=fact.source)
        return FirmLine(
            title=Link(words.say(f"energy.product.{fact.product}"), verify.address(fact.code)),
            badge=Badge(verdict(standing, words), TONES[standing.verdict]),
            texts=(*self._place(fact.plant_id), f"{figure(fact, words)} · {period}", *size, basis,
                   *limits(standing, words)),
            link=None,
        )  # fmt: skip

    def disclosure(self, fact: DisclosureFact) -> FirmLine:
        words = self.words
        basis = words.say("firms.reported", boundary=fact.boundary, standard=fact.standard)
        digest = [words.say("firms.digest", digest=fact.document_sha256)] if fact.document_sha256 else []
        return FirmLine(
            title=Link(fact.title, verify.address(fact.code)),
            badge=Badge(self._verified(fact), Tone.QUIET),
            texts=(
                *self._place(fact.plant_id),
                f"{words.say('firms.year', year=str(fact.year))} · {scopes(fact, words)}",
                basis,
                *digest,
            ),
            link=self._document(fact.address),
        )

    def _place(self, plant_id: UUID | None) -> Iterator[str]:
        """The plant it is about, or that it is the whole firm."""
        plant = many(self.session, PLANT, [plant_id], self.at).get(plant_id) if plant_id else None
        yield self.words.name(plant.fact) if plant else self.words.say("firms.whole")

    def _term(self, fact: HonourFact) -> Badge:
        """In term, not yet, over; and where no end is stated nobody says that it stands."""
        words, day = self.words, self.at.on
        if fact.valid_to is not None and fact.valid_to < day:
            return Badge(words.say("firms.over"), Tone.BAD)
        if fact.valid_from is not None and fact.valid_from > day:
            return Badge(words.say("firms.not-yet"), Tone.QUIET)
        if fact.valid_to is None:
            return Badge(words.say("firms.open"), Tone.QUIET)
        own_word = fact.known_by.source is Source.SELF_STATED
        return Badge(words.say("firms.live"), Tone.QUIET if own_word else Tone.GOOD)

    def _verified(self, fact: DisclosureFact) -> str:
        words, verifier = self.words, None
        if fact.verification is Verification.THIRD_PARTY and fact.verifier_id is not None:
            verifier = many(self.session, ORGANISATION, [fact.verifier_id], self.at).get(fact.verifier_id)
            return words.say("firms.verified-by", verifier=words.name(verifier.fact) if verifier else "—")
        return words.say(f"firms.verified-{fact.verification}")

    def _document(self, address: str | None) -> Link | None:
        return Link(self.words.say("firms.document-link"), address) if address else None


def honour_name(fact: HonourFact, words: Words) -> str:
    kind, level = words.say(f"honour.kind.{fact.kind}"), words.say(f"honour.level.{fact.level}")
    return words.say("firms.honour", kind=kind, level=level)


def term(fact: HonourFact, words: Words) -> str:
    if fact.valid_from and fact.valid_to:
        return words.say("firms.term", start=fact.valid_from, end=fact.valid_to)
    if fact.valid_to:
        return words.say("firms.until", end=fact.valid_to)
    if fact.valid_from:
        return words.say("firms.from", start=fact.valid_from)
    return words.say("firms.no-term")


def figure(fact: EnergyRecordFact, words: Words) -> str:
    """The figure as stated; what is not stated is never 0."""
    if fact.value is None:
        return words.say("not-stated")
    return words.say("energy.figure", value=plain(fact.value), unit=_unit(fact.unit, words))


def _unit(unit: str, words: Words) -> str:
    return words.say(f"energy.unit.{unit}").partition("（")[0]


def verdict(standing: Standing, words: Words) -> str:
    said = words.say(f"energy.verdict.{standing.verdict}")
    if standing.reason is None:
        return said
    return words.say("energy.why", verdict=said, reason=words.say(f"energy.reason.{standing.reason}"))


def limits(standing: Standing, words: Words) -> Iterable[str]:
    """Every limit it was held against, with its source and how sure that is."""
    for one in standing.compared:
        yield words.say(
            "energy.limit",
            level=words.say(f"energy.level.{one.limit.level}"),
            sign={"<=": "≤"}.get(one.limit.bound.sign, one.limit.bound.sign),
            value=plain(one.limit.bound.value),
            unit=_unit(one.limit.unit, words),
            document=" ".join(filter(None, (one.limit.document, one.limit.clause))),
            confidence=words.say(f"energy.confidence.{one.limit.confidence}"),
            met=words.say("energy.met" if one.met else "energy.not-met"),
        )


def scopes(fact: DisclosureFact, words: Words) -> str:
    stated = [
        words.say("not-stated") if value is None else words.say("firms.tonnes", value=plain(value))
        for value in (fact.scope1_t, fact.scope2_t)
    ]
    return words.say("firms.scopes", scope1=stated[0], scope2=stated[1])
