"""A measured limit as it is kept: basis, counts, makers with their products, and how to count again."""

from collections.abc import Callable, Sequence

from catalogue.archive.sealed import Part, Said
from catalogue.comparison.percentiles import distribution
from catalogue.naming import Naming, Reference, basis_label
from catalogue.searches.rows import Coded
from catalogue.thresholds.limits import (
    RULE,
    VERSION,
    Apart,
    Firm,
    Market,
    Measured,
    Offer,
    Reason,
    Step,
    Tally,
    by_maker,
    suggestions,
)
from catalogue.thresholds.wording import clause, material
from registry.kit.types import Exact

ZH, EN = Naming("zh"), Naming("en")


class KeptTally(Part):
    """`makers` counts independent ones."""

    products: int
    makers: int
    provinces: int


class KeptStep(Part):
    """A limit and what it would leave; `reason` is None for the next looser one."""

    reason: Reason | None
    limit: Exact
    leaves: KeptTally


class KeptOffer(Part):
    number: str
    name: Said
    firm: Coded
    value: Exact


class KeptMaker(Part):
    """One independent maker: a firm, or the controller of the firms that stand in `offers`."""

    name: Said
    is_group: bool
    provinces: tuple[Coded, ...]
    offers: tuple[KeptOffer, ...]


class KeptThreshold(Part):
    """`values` is the whole base, lowest first, so that every count and percentile can be made again."""

    kind: str
    material: Said
    basis: Coded
    unit: Said
    limit: Exact
    reached: KeptTally
    whole: KeptTally
    competes: bool
    apart: dict[Apart, int]
    values: tuple[Exact, ...]
    p20: Exact | None
    p50: Exact | None
    p80: Exact | None
    steps: tuple[KeptStep, ...]
    makers: tuple[KeptMaker, ...]
    clause: Said
    rule: str
    rule_version: int


def compose(base: Market, told: Measured, known: Reference) -> KeptThreshold:
    """What is sealed; only a limit can be kept, since without one nothing was decided."""
    if told.limit is None:
        raise ValueError("a calculation without a limit is not kept")
    limit, cuts = told.limit, distribution(base.basis, base.values)
    kind, _, unit, *_ = base.basis.split("|")
    steps = [_step(one.reason, one.step) for one in suggestions(base)]
    return KeptThreshold(
        kind=kind,
        material=_said(lambda words: material(base.basis, known, words)),
        basis=Coded(code=base.basis, said=_said(lambda words: basis_label(base.basis, known, words))),
        unit=_said(lambda words: words.per(unit)),
        limit=limit,
        reached=_tally(told.reached),
        whole=_tally(told.whole),
        competes=told.reached.competes,
        apart=dict(base.apart),
        values=base.values,
        p20=cuts.p20,
        p50=cuts.p50,
        p80=cuts.p80,
        steps=(*steps, *([_step(None, told.looser)] if told.looser else ())),
        makers=tuple(_maker(group, known) for group in by_maker(told.within)),
        clause=_said(lambda words: clause(base.basis, limit, known, words)),
        rule=RULE,
        rule_version=VERSION,
    )


def _said(text: Callable[[Naming], str]) -> Said:
    return Said(zh=text(ZH), en=text(EN))


def _tally(tally: Tally) -> KeptTally:
    return KeptTally(products=tally.products, makers=tally.makers, provinces=tally.provinces)


def _step(reason: Reason | None, step: Step) -> KeptStep:
    return KeptStep(reason=reason, limit=step.limit, leaves=_tally(step.tally))


def _maker(group: Sequence[Offer], known: Reference) -> KeptMaker:
    firm = group[0].firm
    provinces = sorted({province for offer in group for province in offer.provinces})
    name = Said(zh=firm.controller, en=firm.controller) if firm.controller else _named(firm)
    return KeptMaker(
        name=name,
        is_group=firm.controller is not None,
        provinces=tuple(_province(code, known) for code in provinces),
        offers=tuple(_offer(offer) for offer in group),
    )


def _province(code: str, known: Reference) -> Coded:
    return Coded(code=code, said=_said(lambda words: known.region(code, words)))


def _offer(offer: Offer) -> KeptOffer:
    firm = Coded(code=offer.firm.code, said=_named(offer.firm))
    return KeptOffer(number=offer.code, name=_named(offer), firm=firm, value=offer.value)


def _named(thing: Offer | Firm) -> Said:
    return Said(zh=thing.name_zh, en=thing.name_en)
