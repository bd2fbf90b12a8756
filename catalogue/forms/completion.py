"""The first table of the completion form: every kind of the rule with the products used and their shares.

Each product stands in its own row (note 4 of annex C); a kind of several ends with their sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from catalogue.forms.basis import Basis, Line, symbol
from catalogue.forms.model import TO_FILL, UNUSED, Cell, Figure, Place, Rule, Show, cut
from catalogue.forms.reckoned import Body, group_label, group_score, groups, kind_label, remarks
from catalogue.ratios.model import KindResult, PartShare
from registry.policies.pack import Kind

NONE_USED = ("model", "maker", "green", "total", "share", "final", "level")
Product = tuple[str, str, str]


def quantities(basis: Basis) -> Body:
    """All kinds of the table in its order, used or not."""
    body = Body()
    for group, result in groups(basis):
        first, used = len(body.rows), {kind.kind: kind for kind in result.kinds}
        for kind in basis.pack.kinds or ():
            if kind.group != group.id:
                continue
            if kind.id in used:
                _used(body, kind, used[kind.id], basis)
            else:
                units = basis.layouts.words["or_unit"].join(symbol(unit) for unit in kind.units)
                row: dict[str, Cell] = {"kind": kind.name_zh, "unit": units or UNUSED}
                body.rows.append(row | dict.fromkeys(NONE_USED, UNUSED))
        body.rows[first] |= {"group": group_label(group), "group_score": group_score(result)}
        body.merge("group", first)
        body.merge("group_score", first)
    body.foot = {"remarks": remarks(basis)}
    return body


def _used(body: Body, kind: Kind, result: KindResult, basis: Basis) -> None:
    for part in result.parts:
        _part(body, kind, part, basis)
    for line in (basis.lines[ident] for ident in result.unmeasured_ids):
        row: dict[str, Cell] = {"kind": kind.name_zh, "unit": TO_FILL, "model": line.model}
        unknown = dict.fromkeys(("green", "total", "share"), TO_FILL)
        body.rows.append(row | unknown | {"maker": line.maker, "level": UNUSED})


def _part(body: Body, kind: Kind, part: PartShare, basis: Basis) -> None:
    """The products of one share; the last row, or the only one, carries the share."""
    first = len(body.rows)
    products = _products((basis.lines[ident] for ident in part.line_ids), basis)
    for (model, maker, level), members in products.items():
        green = [line for line in members if line.given.line_id in part.green_ids]
        body.rows.append(
            {
                "unit": symbol(part.unit),
                "model": model,
                "maker": maker,
                "green": _total(green),
                "total": _total(members),
                "level": level,
            }
        )
    if len(products) > 1:
        body.rows.append(_subtotal(part, first, len(body.rows), basis))
    last = len(body.rows) - 1
    places = (Place(last, "green"), Place(last, "total"))
    share = cut(part.share.lower)
    body.rows[last]["share"] = Figure(share, Rule.SHARE, places, Show.SHARE)
    body.rows[first]["kind"] = kind_label(kind, part, basis)
    body.merge("kind", first)


def _subtotal(part: PartShare, first: int, end: int, basis: Basis) -> dict[str, Cell]:
    def added(column: str, value: Decimal) -> Figure:
        places = tuple(Place(row, column) for row in range(first, end))
        return Figure(value, Rule.SUM, places, Show.QUANTITY)

    return {
        "unit": symbol(part.unit),
        "model": basis.layouts.words["subtotal"],
        "green": added("green", part.green),
        "total": added("total", part.total),
    }


def _products(lines: Iterable[Line], basis: Basis) -> Mapping[Product, Sequence[Line]]:
    """Lines of one product, maker and level together, in the order of the bill."""
    order = {ident: place for place, ident in enumerate(basis.lines)}
    found: dict[Product, list[Line]] = {}
    for line in sorted(lines, key=lambda one: order[one.given.line_id]):
        found.setdefault((line.model, line.maker, basis.level(line.proof)), []).append(line)
    return found


def _total(lines: Iterable[Line]) -> Decimal:
    return sum((line.out.quantity or Decimal(0) for line in lines), Decimal(0))
