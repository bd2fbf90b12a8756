"""Which registered products a line may be, by certificate number, maker, plant, model and attributes."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalogue.bom.agreement import agree, differing
from catalogue.bom.confidence import (
    Evidence,
    MakerFit,
    Match,
    ModelFit,
    Tier,
    is_proven,
    needs_confirmation,
    score_of,
    tier_of,
)
from catalogue.bom.lines import BomLine
from catalogue.bom.models import model_fit
from catalogue.bom.reasons import Reason
from registry.certificates.numbers import numbers_in
from registry.kit.reading.folded import fold

MOST = 5
_SHOWN = 60  # signs of a cell or of a list of models in a sentence
_LISTED = " / "
_LEGAL_FORMS = re.compile(r"(?:股份)?有限(?:责任)?公司|集团|公司$|厂$|co\.?,?ltd\.?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered product as matching sees it; `plant_names` are (id, name)."""

    product_id: str
    kind: str
    name: str
    models: tuple[str, ...]
    attributes: Mapping[str, str]
    maker_name: str
    maker_aliases: tuple[str, ...] = ()
    plant_names: tuple[tuple[str, str], ...] = ()
    certificate_numbers: tuple[str, ...] = ()
    brand: str | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What one line says, made ready once for all its candidates."""

    line: BomLine
    kinds: tuple[str, ...]
    attributes: Mapping[str, str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matching:
    """At most five matches, the best first; `conflicts` are contradictions a person must settle."""

    matches: tuple[Match, ...]
    needs_confirmation: bool
    conflicts: tuple[Reason, ...]


def match_line(
    line: BomLine,
    candidates: Sequence[Candidate],
    *,
    kinds: Sequence[str],
    attributes: Mapping[str, str],
) -> Matching:
    """Score a line against candidates; `kinds` are the codes it may be of, `attributes` what it states."""
    numbers = frozenset(numbers_in(line.certificate_text))
    told = _Told(line, tuple(kinds), attributes, numbers)
    found: list[tuple[Match, Candidate, Evidence]] = []
    for candidate in candidates:
        evidence, plant, model = _evidence(told, candidate)
        tier = tier_of(evidence)
        if tier is None:
            continue
        match = Match(
            product_id=candidate.product_id,
            plant_id=plant,
            model=model,
            score=score_of(evidence, tier),
            tier=tier,
            reasons=tuple(_reasons(told, candidate, evidence)),
            proven=is_proven(evidence, tier),
        )
        found.append((match, candidate, evidence))
    found.sort(key=lambda item: _order(item[0]))
    conflicts = tuple(_conflicts(told, found, candidates))
    matches = tuple(match for match, _, _ in found[:MOST])
    unsettled = needs_confirmation([match for match, _, _ in found], conflicts)
    return Matching(matches, unsettled, conflicts)


def same_words(line: BomLine) -> tuple[str, ...]:
    """Lines with equal keys say the same of a material, so one choice may serve them all."""
    unit = line.unit.code if line.unit else line.unit_text
    made = (line.maker_text, line.plant_text, line.brand_text, line.certificate_text)
    return tuple(_plain(text) for text in (line.name, line.spec, unit, *made))


def _evidence(told: _Told, candidate: Candidate) -> tuple[Evidence, str | None, str | None]:
    """What speaks for the candidate, the plant the line names, and the model that fits."""
    line, attributes = told.line, told.attributes
    model, fit = model_fit(candidate.models, f"{line.name} {line.spec}", attributes)
    maker, plant = _maker_and_plant(line, candidate)
    shared = attributes.keys() & candidate.attributes.keys()
    agreeing = tuple(sorted(n for n in shared if agree(n, attributes[n], candidate.attributes[n])))
    evidence = Evidence(
        number=any(fold(number) in told.numbers for number in candidate.certificate_numbers),
        maker=maker,
        plant=plant is not None,
        other_plant=plant is None and _maker_fit(line.plant_text, candidate)[0] is MakerFit.DIFFERENT,
        model=fit,
        same_kind=any(_same_branch(kind, candidate.kind) for kind in told.kinds),
        agreeing=agreeing,
        differing=differing(attributes, candidate.attributes),
        one_model=len(candidate.models) == 1,
    )
    return evidence, plant, model


def _maker_and_plant(line: BomLine, candidate: Candidate) -> tuple[MakerFit, str | None]:
    """Maker and plant from their own columns; a plant's column alone is read like a maker's."""
    if not line.maker_text or not line.plant_text:
        return _maker_fit(line.maker_text or line.plant_text, candidate)
    maker, _ = _maker_fit(line.maker_text, candidate)
    _, alone = _maker_fit(line.plant_text, candidate)
    _, joined = _maker_fit(line.maker_text + line.plant_text, candidate)
    return maker, alone or joined


def _maker_fit(text: str, candidate: Candidate) -> tuple[MakerFit, str | None]:
    """The maker and plant a cell names.

    A name without its legal form is near; so is a plant's name alone, since with contract manufacturing
    the plant is not the maker.
    """
    stated = _firm(text)
    if not stated:
        return MakerFit.NOT_STATED, None
    names = {_firm(name) for name in (candidate.maker_name, *candidate.maker_aliases)} - {""}
    spelled = {
        plant: {_firm(name), *(maker + _firm(name) for maker in names)}
        for plant, name in candidate.plant_names
    }
    plants = [plant for plant, ways in spelled.items() if stated in ways]
    plant = plants[0] if len(plants) == 1 else None
    if stated in names or (plants and any(stated.startswith(name) for name in names)):
        return MakerFit.SAME, plant
    near = {_LEGAL_FORMS.sub("", name) for name in names} - {""}
    if plants or _LEGAL_FORMS.sub("", stated) in near:
        return MakerFit.NEAR, plant
    return MakerFit.DIFFERENT, None


def _same_branch(one: str, other: str) -> bool:
    """A kind and its own sub-kind agree: cement and cement.low-clinker."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _unlike(name: str, attributes: Mapping[str, str], candidate: Candidate) -> dict[str, str]:
    return {"property": name, "stated": attributes[name], "registered": candidate.attributes[name]}


def _reasons(told: _Told, candidate: Candidate, evidence: Evidence) -> Iterator[Reason]:
    line, attributes = told.line, told.attributes
    if evidence.number:
        yield Reason("bom.match.number-same")
    yield Reason(f"bom.match.maker-{evidence.maker.value}", {"maker": candidate.maker_name})
    if evidence.plant:
        yield Reason("bom.match.plant-named")
    if evidence.other_plant:
        yield Reason("bom.match.plant-other", {"plant": line.plant_text[:60]})
    if evidence.model is not ModelFit.UNKNOWN:
        yield Reason(f"bom.match.model-{evidence.model.value}")
    elif candidate.models:
        key = "bom.match.model-unread" if line.spec else "bom.match.model-unknown"
        yield Reason(key, {"words": line.spec[:_SHOWN]})
    if evidence.agreeing:
        yield Reason("bom.match.attributes-agree", {"count": str(len(evidence.agreeing))})
    for name in evidence.differing:
        yield Reason("bom.match.attribute-differs", _unlike(name, attributes, candidate))
    if evidence.same_kind:
        yield Reason("bom.match.kind-same", {"kind": candidate.kind})
    if line.brand_text and candidate.brand and _plain(line.brand_text) == _plain(candidate.brand):
        yield Reason("bom.match.brand-not-counted", {"brand": candidate.brand})


def _conflicts(
    told: _Told, found: Sequence[tuple[Match, Candidate, Evidence]], candidates: Sequence[Candidate]
) -> Iterator[Reason]:
    line = told.line
    by_number = [item for item in found if item[0].tier is Tier.NUMBER]
    number = {"number": line.certificate_text[:80]}
    if told.numbers and not by_number:
        yield Reason("bom.match.number-unknown", number)
    makers = sorted({c.maker_name for c in candidates if _maker_and_plant(line, c)[0] is MakerFit.SAME})
    stated = makers[0] if makers else (line.maker_text or line.plant_text)[:60]
    for _, candidate, evidence in by_number:
        facts = number | {"product": candidate.name}
        if evidence.maker is MakerFit.DIFFERENT:
            yield Reason(
                "bom.match.number-against-maker", facts | {"maker": candidate.maker_name, "stated": stated}
            )
        if evidence.model is ModelFit.OUTSIDE:
            models = {"models": _LISTED.join(candidate.models)[:_SHOWN], "stated": line.spec[:_SHOWN]}
            yield Reason("bom.match.number-against-model", facts | models)
        for name in evidence.differing:
            unlike = _unlike(name, told.attributes, candidate)
            yield Reason("bom.match.number-against-attribute", facts | unlike)
        if not evidence.same_kind:
            yield Reason("bom.match.number-against-kind", facts)


def _order(match: Match) -> tuple[object, ...]:
    """Proven first, then by score; equal scores by a hash of the id, which favours nobody."""
    digest = hashlib.sha256(match.product_id.encode()).hexdigest()
    return (not match.proven, -match.score, list(Tier).index(match.tier), digest)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=4096)
def _firm(text: str) -> str:
    """A firm's name without the signs people put between maker and plant; asked for every candidate again."""
    return re.sub(r"[/,、;，；]", "", _plain(text))
