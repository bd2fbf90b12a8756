"""Of a thousand faults put into clean declarations at least 95 % are found; clean ones are left alone."""

import importlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from registry.declarations.dataset import Dataset
from registry.declarations.preflight.catalogue import preflight
from registry.declarations.preflight.model import Severity
from registry.declarations.preflight.view import Context
from tests.clean_declarations import clean

Kind = Callable[[Random, Dataset, Context], tuple[Dataset, Context] | None]
FOLDER = Path(__file__).parents[2]
INJECTIONS = 1000
WANTED = 0.95
OURS, THEIRS = "tests.preflight_faults.faults_ours", "tests.preflight.faults_theirs"
# Half of the faults are by somebody who has not seen the checks.
BOOKS = tuple(book for book in (OURS, THEIRS) if (FOLDER / f"{book.replace('.', '/')}.py").is_file())


def kinds(book: str) -> Mapping[str, Kind]:
    """The kinds of fault of a book; the stranger's are asked for the dataset alone."""
    module = importlib.import_module(book)
    if book == OURS:
        found: Mapping[str, Kind] = module.KINDS
        return found
    return {name: _asked_alone(fault) for name, fault in module.FAULTS.items()}


def _asked_alone(fault: Callable[[Dataset, Random], Dataset | None]) -> Kind:
    def kind(rng: Random, dataset: Dataset, context: Context) -> tuple[Dataset, Context] | None:
        spoilt = fault(dataset, rng)
        return None if spoilt is None else (spoilt, context)

    return kind


def alarms(dataset: Dataset, context: Context) -> frozenset[str]:
    """What asks somebody to do something; a note does not."""
    findings = preflight(dataset, context)
    return frozenset(one.check.id for one in findings if one.check.severity is not Severity.NOTE)


def injections(book: str) -> Iterator[tuple[str, Dataset, Context]]:
    """Kinds in turn, each put into the next clean declaration that it applies to."""
    known = kinds(book)
    names = sorted(known)
    made, serial, rng = 0, 0, Random(2026)
    while made < INJECTIONS // len(BOOKS):
        name = names[made % len(names)]
        for serial in range(serial + 1, serial + 400):  # noqa: B020  each kind goes on where the last one stood
            spoilt = known[name](rng, *clean(serial % 3000))
            if spoilt is not None:
                yield name, *spoilt
                made += 1
                break
        else:
            print(f"{book}: {name!r} applies to no clean declaration and is left out")
            names.remove(name)


@pytest.mark.parametrize("book", BOOKS)
def test_injected_faults_are_found(book: str) -> None:
    missed: Counter[str] = Counter()
    total = 0
    for name, dataset, context in injections(book):
        total += 1
        if not alarms(dataset, context):
            missed[name] += 1
    share = 1 - missed.total() / total
    print(f"{book}: {share:.1%} of {total} found; missed: {dict(missed)}")
    assert total == INJECTIONS // len(BOOKS)
    assert share >= WANTED, missed


def test_clean_declarations_raise_no_alarm() -> None:
    """Three hundred invented ones of every kind; a note would be an alarm here too."""
    found = {serial: preflight(*clean(serial)) for serial in range(300)}
    raised = {serial: [one.check.id for one in findings] for serial, findings in found.items() if findings}
    print(f"{len(raised)} of {len(found)} clean declarations raised something: {raised}")
    assert len(raised) <= len(found) // 100
