"""The kinds of field and of need; what each part asks stands in `parts.py`."""

from dataclasses import dataclass
from enum import StrEnum

from registry.parties.facts import Role


class Part(StrEnum):
    """The parts of an application, in the order in which they are typed."""

    COMPANY = "company"
    PLANT = "plant"
    ABOUT = "about"
    PRODUCT = "product"
    CERTIFICATE = "certificate"
    REPORT = "report"
    SELF_DECLARATION = "self_declaration"
    CARBON = "carbon"
    HONOUR = "honour"
    ENERGY = "energy"
    DISCLOSURE = "disclosure"


class FieldKind(StrEnum):
    """How a typed text is read; things of the register are typed as their 登记号."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    PARTIAL_DAY = "partial_day"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    UNIT = "unit"
    CREDIT_CODE = "credit_code"
    GTIN = "gtin"
    REGION = "region"
    MATERIAL = "material"
    CATEGORY = "category"
    ORGANISATION = "organisation"
    PLANT = "plant"
    PLANTS = "plants"
    PRODUCT = "product"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class When:
    """Required only while another field of the same part (or row) holds one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name inside the part or row, how it is read, and when it must be filled.

    `unit` is the only unit that may stand behind a number; `role` narrows an organisation.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    required: bool | When = False
    options: tuple[str, ...] = ()
    unit: str | None = None
    role: Role | None = None
    positive: bool = False
    longest: int = 400


@dataclass(frozen=True, slots=True)
class Rows:
    """A table inside a part: `certificate.rows.1.plant`; numbered from 1, gaps do not matter."""

    name: str
    fields: tuple[Field, ...]
    required: bool = True
    most: int = 200


@dataclass(frozen=True, slots=True)
class Section:
    """What a part asks: fields, perhaps one table, and whether the kind's own attributes belong to it."""

    part: Part
    fields: tuple[Field, ...]
    rows: Rows | None = None
    attributes: bool = False


def label_key(path: str) -> str:
    """The message key of a field's name: its path without the numbers of rows."""
    return "application.field." + ".".join(piece for piece in path.split(".") if not piece.isdigit())


def hint_key(path: str) -> str:
    return label_key(path).replace(".field.", ".hint.", 1)
