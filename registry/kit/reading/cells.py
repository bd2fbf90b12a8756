"""What a cell of a file or a field of a form holds before anybody has read it."""

from datetime import date
from decimal import Decimal

Cell = str | Decimal | date | bool | None
