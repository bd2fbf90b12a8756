"""What the checks of documents find in the one behind a carbon part, beside the fields of the form.

Its product is known, so its material kind is given. A finding is a hint here: both sides see it, and two
people decide.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlmodel import Session

from registry.applications.documents import Document
from registry.applications.findings import Finding, Severity
from registry.declarations.documents.beside import beside_product
from registry.declarations.facts import MODULES
from registry.declarations.preflight.catalogue import preflight
from registry.declarations.preflight.model import Severity as Weight
from registry.products.facts import ProductFact

REST = "carbon.document"  # of what the form has no field for
# The form's field by the first word of the place in the document.
FIELDS: Mapping[str, str] = {
    "number": "carbon.number",
    "pcr": "carbon.pcr",
    "operator": "carbon.operator",
    "verifiers": "carbon.verifier",
    "verification": "carbon.verification",
    "generation": "carbon.standard",
    "compliance": "carbon.standard",
    "published": "carbon.valid_from",
    "valid_from": "carbon.valid_from",
    "valid_to": "carbon.valid_to",
    "reference_year": "carbon.reference_year",
    "declared": "carbon.declared_unit",
    "properties": "carbon.mass_kg",
    "indicators": "carbon.modules.A1-A3",
    "footprint": "carbon.modules.A1-A3",
}


def doubts(session: Session, document: Document, product: ProductFact, today: date) -> Iterator[Finding]:
    """Errors and warnings of the checks as hints; what is only worth knowing is left out."""
    known = beside_product(session, document.reading, product, today)
    for one in preflight(document.reading.dataset, known.context):
        if one.check.severity is not Weight.NOTE:
            yield Finding(_path(one.places[0]), Severity.WARNING, one.check.says, one.facts)


def _path(place: str) -> str:
    first, _, rest = place.partition(".")
    module = rest.rpartition(".")[2]
    if first == "indicators" and module in MODULES:
        return f"carbon.modules.{module}"
    return FIELDS.get(first, REST)
