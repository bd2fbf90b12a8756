"""What a process refers to is found without writing its archive, and is just what the archive holds."""

import io
import zipfile
from uuid import UUID

from hypothesis import assume, given
from hypothesis import settings as examples

from registry.declarations.dataset import Dataset
from registry.declarations.facts import DocumentKind
from registry.declarations.formats.ilcd.writing import write_zip
from registry.declarations.node.identity import served
from registry.declarations.node.parts import parts
from tests import declared
from tests.declaration_strategies import datasets

KEY = UUID(int=7)


def held(dataset: Dataset) -> set[tuple[str, UUID]]:
    with zipfile.ZipFile(io.BytesIO(write_zip(dataset).content)) as archive:
        names = [name.removesuffix(".xml").split("/") for name in archive.namelist()]
    return {(name[-2], UUID(name[-1])) for name in names if name[-2] != "processes"}


@given(datasets())
@examples(max_examples=25)
def test_parts_are_what_the_archive_holds(dataset: Dataset) -> None:
    assume(dataset.document is DocumentKind.EPD)
    whole = served(dataset, KEY, 1)
    assert parts(whole) == held(whole)


def test_parts_of_a_known_document() -> None:
    found = parts(declared.dataset(1))
    assert {folder for folder, _ in found} == {
        "contacts", "flowproperties", "flows", "lciamethods", "sources", "unitgroups",
    }  # fmt: skip
    assert found == held(declared.dataset(1))


def test_what_is_no_epd_has_no_parts() -> None:
    assert parts(declared.dataset(1, document=DocumentKind.FOOTPRINT_REPORT)) == set()
