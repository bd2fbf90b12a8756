"""The stocks of our node: everything, what products declare, and the data beside products."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, not_, true
from sqlmodel import col

from registry.declarations.dataset import Subtype
from registry.declarations.node.models import DeclarationEntryRow
from registry.kit.errors import NotFound
from registry.kit.ids import derived

_OF_NO_PRODUCT = (Subtype.AVERAGE, Subtype.REPRESENTATIVE, Subtype.GENERIC, Subtype.TEMPLATE)


@dataclass(frozen=True, slots=True)
class Stock:
    """A part of the node that can be listed by itself; `key` words its name and description."""

    short: str
    root: bool = False

    @property
    def key(self) -> str:
        return f"node.stock-{self.short}"

    def uuid(self, feed: str) -> UUID:
        """The demonstration's stocks are never taken for those of a register."""
        return derived("stock", feed, self.short)

    @property
    def condition(self) -> ColumnElement[bool]:
        data = col(DeclarationEntryRow.subtype).in_(_OF_NO_PRODUCT)
        return {"products": not_(data), "data": data}.get(self.short, true())


REGISTER = Stock("register", root=True)
STOCKS = (REGISTER, Stock("products"), Stock("data"))


def stock_of(text: str, feed: str) -> Stock:
    """The stock of a UUID or a short name."""
    for one in STOCKS:
        if text.lower() in (one.short, str(one.uuid(feed))):
            return one
    raise NotFound("node-stock-unknown", stock=text[:80])
