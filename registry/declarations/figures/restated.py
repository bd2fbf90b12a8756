"""A declaration on record without its document, as the little that its record states."""

from registry.declarations.comparable import generation
from registry.declarations.dataset import Dataset, DeclaredUnit, Indicator, Party, Reference, Value
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.headline import WHOLE
from registry.declarations.figures.stated import is_whole
from registry.declarations.indicators import indicators


def restated(fact: DeclarationFact) -> Dataset:
    """The record's own figures in the shape of a document; nothing is added to them."""
    family = generation(fact.standard)
    # A footprint's own name ("carbon-footprint") is the row that counts every gas under its rules.
    code = WHOLE[family][0] if is_whole(fact.indicator, family) else fact.indicator
    known = indicators().of(code, family)
    row = Indicator(
        code=known.code if known else None,
        names={"": fact.indicator},
        unit=known.unit if known else "kg CO2 eq",
        matched_by="key" if known else "none",
        values=tuple(Value(module=module, amount=amount) for module, amount in fact.modules.items()),
    )
    return Dataset(
        document=fact.document,
        number=fact.number,
        names={},
        declared=DeclaredUnit(
            amount=fact.declared_amount, unit=fact.declared_unit, stated=fact.declared_unit
        ),
        generation=family,
        generation_by="stated",
        pcr=Reference(names={"": fact.pcr}) if fact.pcr else None,
        verification=fact.verification,
        operator=Party(names={"": fact.operator}) if fact.operator else None,
        reference_year=fact.reference_year,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        indicators=(row,) if fact.modules else (),
    )
