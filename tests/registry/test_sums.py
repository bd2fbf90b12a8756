"""One rule of sums: what is told of a file, refused at entry and refused as an answer is the same."""

from datetime import date
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from registry.declarations.documents.examining import examined
from registry.declarations.figures.gwp import Asked, Refusal, gwp
from registry.declarations.figures.headline import headline
from registry.declarations.figures.stated import of_dataset
from registry.declarations.preflight.model import Severity
from registry.declarations.preflight.view import Context
from registry.declarations.values import apart
from registry.units.table import unit
from tests import declared

TODAY = date(2026, 6, 1)
numbers = st.decimals(-1000, 1000, places=2)


@given(numbers, numbers, numbers, numbers)
@example(Decimal(-700), Decimal(3), Decimal(700), Decimal("3.5"))  # 0.5 apart beside terms of 700
@example(Decimal(500), Decimal(50), Decimal(62), Decimal("604.93"))
@example(Decimal("0.02"), Decimal(0), Decimal("0.01"), Decimal("0.04"))  # rounding explains it
def test_looking_entering_and_asking_have_one_rule_of_sums(
    a1: Decimal, a2: Decimal, a3: Decimal, total: Decimal
) -> None:
    stated = {"A1": a1, "A2": a2, "A3": a3, "A1_A3": total}
    row = declared.row("GWP-total", declared.values(**{name: str(amount) for name, amount in stated.items()}))
    dataset = declared.dataset(indicators=(row,))
    written = [cell.amount for cell in row.values if cell.amount is not None]
    rounded = sum(Decimal(f"1e{one.as_tuple().exponent}") / 2 for one in written if one)
    wrong = abs(a1 + a2 + a3 - total) > max(map(abs, written)) / 100 + rounded
    places = [
        note.places for note in examined(dataset, Context(day=TODAY)) if note.severity is Severity.ERROR
    ]
    assert places.count(("indicators.GWP-total.A1-A3",)) == wrong, "told once, and only where it is wrong"
    assert [fault.key for fault in headline(dataset).faults] == ["preflight.sum-gate.says"] * wrong
    answer = gwp(of_dataset(dataset), Asked(("A1-A3",), unit("m3")))
    assert (isinstance(answer, Refusal) and answer.key == "gwp.sum-disagrees") is wrong
    assert (apart(row) is not None) is wrong
