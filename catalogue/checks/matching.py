"""Lines to products: words to kinds, kinds to candidates, candidates scored, proven ones taken."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from sqlmodel import Session

from catalogue.bom.attributes import stated
from catalogue.bom.classify import Classification, classify
from catalogue.bom.lines import BomLine
from catalogue.bom.matching import Matching, match_line
from catalogue.checks.classes import place_of
from catalogue.checks.finding import by_line, product_ids
from catalogue.checks.inputs import Conflict, Difference, Lack, PlantSource, Standing
from catalogue.checks.lexicon import lexicon
from catalogue.checks.state import Candidate, LineState
from catalogue.checks.taking import Taken, taken
from registry.categories import service as categories
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.errors import Invalid, NotFound
from registry.policies.pack import Pack
from search.engine.ports import SearchEngine

NONE = "none"
NOT_A_MATERIAL = "not-a-material"


class Matcher:
    """Matches lines against the register at one point, under one pack."""

    def __init__(self, session: Session, engine: SearchEngine, pack: Pack, at: Point) -> None:
        self.pack = pack
        self._session, self._engine, self._at = session, engine, at
        self._kinds = categories.kinds(session, at)
        self._lexicon = lexicon(self._kinds)
        self._chosen: dict[UUID, Dossier] = {}

    def lines(self, bill: Sequence[BomLine]) -> tuple[LineState, ...]:
        """Every line with its kinds, its candidates and, where proven, its product."""
        named = {f"{line.sheet}!{line.row}": line for line in bill}
        classes = {key: self._classified(line) for key, line in named.items()}
        return self._matched(named, classes)

    def as_kind(self, line: LineState, kind: str) -> LineState:
        """A line read again as the kind the user chose; its product is looked for anew."""
        if kind not in self._kinds:
            raise Invalid("check-kind-unknown", kind=kind[:64])
        found = Classification((), self._classified(line.told).attributes)
        fresh = self._matched({line.line_id: line.told}, {line.line_id: found}, chosen_kind=kind)[0]
        return fresh.model_copy(update={"line": line.line, "edit": line.edit})

    def renamed(self, line: LineState) -> LineState:
        """A line read again by the name the user gave it."""
        told = line.told
        fresh = self._matched({line.line_id: told}, {line.line_id: self._classified(told)})[0]
        return fresh.model_copy(update={"line": line.line, "edit": line.edit})

    def expect(self, choices: Iterable[str]) -> None:
        """Load the products that are about to be chosen, all in one go."""
        keys = {key for choice in choices if (key := _key(choice)) is not None}
        self._chosen |= load(self._session, keys, self._at, kinds=self._kinds)

    def chosen(self, line: LineState, choice: str, *, plant_id: UUID | None, model: str | None) -> LineState:
        """A line with the product the user chose, or with none; it is bought as what the product is."""
        if choice in (NONE, NOT_A_MATERIAL):
            return line.without_product(Standing.NONE if choice == NONE else Standing.NOT_A_MATERIAL)
        key = _key(choice)
        if key is None:
            raise Invalid("check-choice-unreadable", value=choice[:60])
        if key not in self._chosen:
            self.expect([choice])
        dossier = self._chosen.get(key)
        if dossier is None:
            raise NotFound("code-not-found", code=choice[:40])
        offered = next((one for one in line.candidates if one.match.product_id == choice), None)
        if dossier.product.fact.kind != line.material_kind:
            line = line.model_copy(update={"material_kind": dossier.product.fact.kind})
            line = line.model_copy(update=place_of(self.pack, line.material_kind))
        settled = taken(
            line.told,
            dossier,
            stated(self._classified(line.told).attributes),
            match=offered.match if offered else None,
            plant_id=plant_id,
            model=model,
        )
        return line.model_copy(
            update={
                "standing": Standing.CONFIRMED,
                "product_id": key,
                "tier": str(offered.match.tier) if offered else "chosen",
                **_settled(settled),
            }
        )

    def _classified(self, line: BomLine) -> Classification:
        return classify(line.name, line.spec, self._lexicon, unit=line.unit, section=line.section)

    def _matched(
        self,
        named: Mapping[str, BomLine],
        classes: Mapping[str, Classification],
        *,
        chosen_kind: str | None = None,
    ) -> tuple[LineState, ...]:
        kinds = {
            key: [chosen_kind] if chosen_kind else [one.code for one in found.candidates]
            for key, found in classes.items()
        }
        ids = {
            key: product_ids(self._session, self._engine, line, kinds=kinds[key], at=self._at)
            for key, line in named.items()
        }
        every = {one for group in ids.values() for one in group}
        dossiers = load(self._session, every, self._at, kinds=self._kinds)
        offered = by_line(ids, dossiers)
        made = []
        for key, line in named.items():
            found = match_line(
                line, offered[key], kinds=kinds[key], attributes=stated(classes[key].attributes)
            )
            kind = chosen_kind or classes[key].kind
            made.append(self._line(key, line, classes[key], found=found, kind=kind, dossiers=dossiers))
        return tuple(made)

    def _line(  # noqa: PLR0913 - one place where everything found about a line comes together
        self,
        key: str,
        line: BomLine,
        classes: Classification,
        *,
        found: Matching,
        kind: str | None,
        dossiers: Mapping[UUID, Dossier],
    ) -> LineState:
        best = found.matches[0] if found.matches and not found.needs_confirmation else None
        dossier = dossiers[UUID(best.product_id)] if best else None
        settled = taken(line, dossier, stated(classes.attributes), match=best) if dossier else None
        material = dossier.product.fact.kind if dossier else kind
        standing = Standing.PROVEN if best else Standing.OPEN
        if classes.unlisted is not None and best is None:
            standing = Standing.NOT_A_MATERIAL
        return LineState(
            line_id=key,
            line=line,
            material_kinds=tuple(one.code for one in classes.candidates),
            material_kind=material,
            kind_confidence=classes.candidates[0].confidence if classes.candidates else Decimal(0),
            unlisted=classes.unlisted,
            conflicts=found.conflicts,
            candidates=tuple(_candidate(match, dossiers[UUID(match.product_id)]) for match in found.matches),
            **place_of(self.pack, material),
            standing=standing,
            product_id=UUID(best.product_id) if best else None,
            tier=str(best.tier) if best else None,
            **_settled(settled),
        )


def _key(choice: str) -> UUID | None:
    """The product a choice names; None for the words that name none, and for anything else."""
    try:
        return UUID(choice)
    except ValueError:
        return None


class _Settled(TypedDict, total=False):
    """The fields of a line's state that taking a product fills."""

    model: str | None
    plant_id: UUID | None
    plant_source: PlantSource | None
    against: tuple[Conflict, ...]
    model_inferred: bool
    differing: tuple[Difference, ...]
    lacks: tuple[Lack, ...]


def _settled(found: Taken | None) -> _Settled:
    if found is None:
        return {}
    return {
        "model": found.model,
        "plant_id": found.plant_id,
        "plant_source": found.plant_source,
        "against": found.conflicts,
        "model_inferred": found.model_inferred,
        "differing": found.differing,
        "lacks": found.lacks,
    }


def _candidate(match: object, dossier: Dossier) -> Candidate:
    product = dossier.product.fact
    return Candidate.model_validate(
        {
            "match": match,
            "product_code": product.code,
            "product_name": product.name_zh,
            "maker": dossier.maker.name_zh,
            "plant_names": {
                str(plant): dossier.plants[plant].name_zh
                for plant in product.plant_ids
                if plant in dossier.plants
            },
        }
    )
