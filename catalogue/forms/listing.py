"""Forms that list the materials of a unit one by one: proofs of supply, acceptance on site, re-tests."""

from catalogue.forms.basis import Basis, Line, symbol
from catalogue.forms.model import TO_FILL, UNUSED, Cell
from catalogue.forms.reckoned import Body


def materials(basis: Basis) -> Body:
    """Every material of the unit in the order of the bill; each form takes the columns it has."""
    return Body(rows=[_row(line, basis) for line in basis.lines.values()])


def _row(line: Line, basis: Basis) -> dict[str, Cell]:
    given, out, words = line.given, line.out, basis.layouts.words
    return {
        "place": f"{given.sheet} {given.row}",
        "name": given.name or TO_FILL,
        "spec": given.spec or TO_FILL,
        "unit": symbol(given.unit or given.unit_text) or TO_FILL,
        "quantity": given.quantity if given.quantity is not None else TO_FILL,
        "delivery": given.delivery or TO_FILL,
        "supplied_by": words[given.supplied_by] if given.supplied_by else TO_FILL,
        "product": out.product_name or TO_FILL,
        "maker": out.maker or TO_FILL,
        "plant": out.plant or TO_FILL,
        **_proof(line, basis),
    }


def _proof(line: Line, basis: Basis) -> dict[str, Cell]:
    """What the proof states; where it states no end of validity there is none, which is no gap."""
    keys = ("proof", "number", "issuer", "issued", "valid_to", "platform", "looked_up")
    proof = line.proof
    if proof is None:
        return dict.fromkeys(keys, TO_FILL)
    return {
        "proof": basis.layouts.words[proof.kind],
        "number": proof.number,
        "issuer": proof.issuer,
        "issued": proof.issued_on,
        "valid_to": proof.valid_to or UNUSED,
        "platform": proof.platform or TO_FILL,
        "looked_up": proof.looked_up or TO_FILL,
    }
