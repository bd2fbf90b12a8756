"""Rows of a list as columns, in one language: one table for every file."""

from catalogue.naming import Lang, Naming
from catalogue.searches.rows import ListedRow
from catalogue.tables import Row

COLUMNS = (
    "number", "name", "manufacturer", "credit-code", "kind", "performance", "models", "certificate-number",
    "body", "star", "state", "valid-to", "region", "a1-a3", "a1-a3-unit", "basis", "data-kind",
    "verification", "kind-code", "region-code", "basis-code",
)  # fmt: skip


def header(lang: Lang) -> Row:
    words = Naming(lang)
    return tuple(words.say(f"column.{name}") for name in COLUMNS)


def line(row: ListedRow, lang: Lang) -> Row:
    """Values are exact and not rounded; what is not stated stays empty, which is not zero."""
    certificate, declared = row.certificate, row.declared
    figure = declared.figure if declared else None
    return (
        row.number,
        row.name.in_language(lang),
        row.maker.in_language(lang),
        row.maker_code,
        row.kind.said.in_language(lang),
        row.performance.said.in_language(lang) if row.performance else "",
        Naming(lang).listed(row.models),
        certificate.number if certificate else "",
        certificate.body.in_language(lang) if certificate else "",
        certificate.star if certificate and certificate.star else "",
        row.state.said.in_language(lang),
        certificate.valid_to.day if certificate else "",
        row.region.said.in_language(lang),
        figure.value if figure else "",
        f"kg CO2e/{figure.unit.code}" if figure else "",
        figure.basis.said.in_language(lang) if figure else "",
        declared.data_kind.said.in_language(lang) if declared else "",
        declared.verification.said.in_language(lang) if declared else "",
        row.kind.code,
        row.region.code,
        figure.basis.code if figure else "",
    )
