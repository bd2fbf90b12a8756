"""One product of a list with its names in both languages: what files are made of and what is kept."""

from collections.abc import Callable
from datetime import date

from catalogue.archive.sealed import Part, Said
from catalogue.naming import Naming, Reference, basis_label
from registry.certificates.facts import CertificateFact
from registry.declarations.facts import DeclarationFact, PartialDay, Precision
from registry.dossiers.dossier import Dossier
from registry.kit.types import Exact

ZH, EN = Naming("zh"), Naming("en")


class Coded(Part):
    """A code with its name."""

    code: str
    said: Said


class StatedDay(Part):
    """A day no more precise than its document: the first day of the stated period."""

    day: date
    precision: Precision

    @classmethod
    def of(cls, stated: PartialDay) -> "StatedDay":
        return cls(day=stated.day, precision=stated.precision)


class Figure(Part):
    """A comparable A1–A3 value in kg CO₂e per `unit`, exact as it was declared or converted."""

    value: Exact
    unit: Coded
    basis: Coded


class Declared(Part):
    """The declaration that speaks for a product; `figure` is None where it compares on no basis."""

    data_kind: Coded
    verification: Coded
    valid_to: StatedDay
    figure: Figure | None


class Certified(Part):
    """The certificate behind the standing; `valid_to` is its last day."""

    number: str
    body: Said
    star: int | None
    valid_to: StatedDay


class ListedRow(Part):
    """A product as found on the day; None is not stated, which is not zero."""

    number: str
    name: Said
    maker: Said
    maker_code: str
    kind: Coded
    performance: Coded | None
    models: tuple[str, ...]
    region: Coded
    state: Coded
    certificate: Certified | None
    declared: Declared | None


def both(named: Callable[[Naming], str]) -> Said:
    """The same thing named in either language."""
    return Said(zh=named(ZH), en=named(EN))


def listed(dossier: Dossier, known: Reference) -> ListedRow:
    product, best, declared = dossier.product.fact, dossier.best_certificate, dossier.declaration
    plants = [dossier.plants[plant] for plant in product.plant_ids if plant in dossier.plants]
    region = plants[0].region if plants else dossier.maker.region
    return ListedRow(
        number=product.code,
        name=both(lambda words: words.name(product)),
        maker=both(lambda words: words.name(dossier.maker)),
        maker_code=dossier.maker.credit_code,
        kind=Coded(code=product.kind, said=both(lambda words: known.kind(product.kind, words))),
        performance=_performance(dossier),
        models=product.models,
        region=Coded(code=region, said=both(lambda words: known.place(region, words))),
        state=_coded("standing", dossier.standing),
        certificate=_certified(best.fact, dossier) if best else None,
        declared=_declared(declared.fact, dossier, known) if declared else None,
    )


def _performance(dossier: Dossier) -> Coded | None:
    text = dossier.product.fact.performance
    if not text:
        return None
    return Coded(code=text, said=both(lambda words: words.graded(dossier.kind, text)))


def _coded(group: str, code: str) -> Coded:
    return Coded(code=code, said=Said.of(f"{group}.{code}"))


def _certified(fact: CertificateFact, dossier: Dossier) -> Certified:
    body = dossier.organisations[fact.body_id]
    return Certified(
        number=fact.number,
        body=both(lambda words: words.name(body)),
        star=fact.star,
        valid_to=StatedDay(day=fact.valid_to, precision=Precision.DAY),
    )


def _declared(fact: DeclarationFact, dossier: Dossier, known: Reference) -> Declared:
    return Declared(
        data_kind=_coded("data", fact.data_kind),
        verification=_coded("proof", fact.verification),
        valid_to=StatedDay.of(fact.valid_to),
        figure=_figure(dossier, known),
    )


def _figure(dossier: Dossier, known: Reference) -> Figure | None:
    cell = dossier.cell
    if cell is None:
        return None
    basis = cell.basis
    return Figure(
        value=cell.value,
        unit=Coded(code=basis.unit, said=both(lambda words: words.unit(basis.unit))),
        basis=Coded(code=basis.key, said=both(lambda words: basis_label(basis.key, known, words))),
    )
