"""The same document sent again in another format is known; what it says otherwise is told field by field."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.changes import feed
from registry.declarations.dataset import Dataset, Value
from registry.declarations.documents import entering, kept_readings, sameness
from registry.declarations.documents.entering import About, Entered, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Reading
from registry.declarations.formats.writers import WRITERS, written
from registry.kit.errors import Conflict
from registry.kit.messages import LANGUAGES, say
from tests import declared, factories
from tests.factories import NOW, key

TODAY = date(2026, 6, 1)
OURS = About((key("product"),), (key("plant"),), key("organisation"))
# The XML alone has no declared unit, which the record needs: it is refused before anybody compares it.
WHOLE = sorted(set(WRITERS) - {"ilcd.xml"})


@pytest.fixture
def registered(session: Session) -> Session:
    factories.record(session, factories.world())
    return session


def save(session: Session, reading: Reading) -> Entered:
    entered = enter(session, reading, OURS, actor=OPERATOR, today=TODAY)
    saving = Saving(OPERATOR, NOW, OURS.maker_id)
    kept_readings.save(session, reading, entered, File("x", "a" * 64, "person"), saving)
    return entered


def again(dataset: Dataset, ending: str) -> Reading:
    (back,) = read_file(written(dataset, ending).content, f"x.{ending}")
    return back


@pytest.mark.parametrize("ending", WHOLE)
def test_our_own_file_of_a_document_is_the_same_document(registered: Session, ending: str) -> None:
    first = save(registered, declared.reading())
    last = feed.head(registered).seq
    sent = again(declared.dataset(), ending)
    assert sent.dataset != declared.dataset() or ending == "openepd.json", "the format holds less"
    entered = save(registered, sent)
    assert (entered.declaration_id, entered.drafts) == (first.declaration_id, ())
    assert entering.may_replace(registered, first.declaration_id, sent.dataset) is False
    assert feed.head(registered).seq == last


def changed(dataset: Dataset) -> Dataset:
    """The same under another name, with another figure."""
    row = dataset.indicators[0]
    other = Value(module=row.values[0].module, amount=Decimal("7.25"))
    rows = (row.model_copy(update={"values": (other, *row.values[1:])}), *dataset.indicators[1:])
    return dataset.model_copy(update={"names": {"zh": "另一名称（虚构）"}, "indicators": rows})


@pytest.mark.parametrize("ending", WHOLE)
def test_only_what_was_changed_is_told_as_a_difference(registered: Session, ending: str) -> None:
    save(registered, declared.reading())
    dataset = declared.dataset(names={"zh": declared.dataset().names["zh"]})
    sent = again(changed(dataset), ending)
    with pytest.raises(Conflict, match="declaration-version-differs") as refused:
        save(registered, sent)
    told = cast("tuple[str, ...]", refused.value.facts["fields"])
    figure = f"indicators[GWP-total].values[{changed(dataset).indicators[0].values[0].module}].amount"
    assert figure in told
    assert set(told) <= {"names", "names.zh", "names.en", figure}
    for lang in LANGUAGES:
        assert "GWP-total" in say(refused.value.key, lang, refused.value.facts)


def test_many_differences_are_counted_and_not_all_told(registered: Session) -> None:
    save(registered, declared.reading())
    gone: dict[str, Any] = {
        "pcr": None,
        "operator": None,
        "verification": None,
        "scenarios": (),
        "reference_year": 1999,
    }
    sent = declared.reading(names={"de": "x"}, indicators=declared.dataset().indicators[:1], **gone)
    with pytest.raises(Conflict) as refused:
        save(registered, sent)
    told = cast("tuple[str, ...]", refused.value.facts["fields"])
    assert told[-1] == "…"
    assert int(str(refused.value.facts["count"])) > len(told)


def test_what_another_format_lacks_is_no_excuse_for_this_one() -> None:
    recorded = declared.dataset()
    from_table = again(recorded, "csv").dataset
    assert sameness.differing_fields(recorded, from_table, source_format="GreenMat table") == ()
    assert sameness.differing_fields(recorded, from_table) == ()
    assert sameness.differing_fields(recorded, from_table, source_format="openEPD") != ()
    assert sameness.differing_fields(recorded, from_table, source_format="ISO 22057 JSON") != ()
