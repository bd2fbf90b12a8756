"""The formats a declaration leaves in, by the ending of the file's name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from registry.declarations.dataset import Dataset
from registry.declarations.facts import DocumentKind
from registry.declarations.formats import ilcd, oekobaudat, openepd, template
from registry.declarations.formats.openepd import bundle
from registry.declarations.formats.reading import Written
from registry.kit.errors import NotFound

WRITERS: Mapping[str, Callable[[Dataset], Written]] = MappingProxyType(
    {
        "ilcd.zip": ilcd.write_zip,
        "ilcd.xml": ilcd.write_xml,
        "ilcd.json": ilcd.write_json,
        "openepd.json": openepd.write,
        "openepd.epb": lambda dataset: bundle.write([dataset]),
        "oekobaudat.csv": lambda dataset: oekobaudat.write([dataset]),
        "csv": lambda dataset: template.write_csv([dataset], "zh"),
        "xlsx": lambda dataset: template.write_xlsx([dataset], "zh"),
    }
)


def endings(dataset: Dataset) -> tuple[str, ...]:
    """The formats that can hold a document of this kind: ILCD+EPD would make an EPD of a footprint report.

    A table of ÖKOBAUDAT knows a document by its UUID alone.
    """
    is_epd = dataset.document is DocumentKind.EPD
    missing = () if is_epd else ("ilcd.", "oekobaudat.")
    missing = missing if dataset.uuid else (*missing, "oekobaudat.")
    return tuple(ending for ending in WRITERS if not ending.startswith(missing))


def written(dataset: Dataset, ending: str) -> Written:
    """The document in a format; NotFound where there is no such format for it."""
    possible = endings(dataset)
    if ending not in possible:
        raise NotFound("declaration-format-unknown", format=ending[:40], known=possible)
    return WRITERS[ending](dataset)
