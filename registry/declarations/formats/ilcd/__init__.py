"""ILCD+EPD 1.1, 1.2 and 1.3 as XML, as soda4LCA's JSON and as ZIP."""

from registry.declarations.formats.ilcd.archive import is_archive, read_zip
from registry.declarations.formats.ilcd.process import is_dataset, read_xml
from registry.declarations.formats.ilcd.soda import is_json, read_json
from registry.declarations.formats.ilcd.writing import write_json, write_xml, write_zip

__all__ = [
    "is_archive",
    "is_dataset",
    "is_json",
    "read_json",
    "read_xml",
    "read_zip",
    "write_json",
    "write_xml",
    "write_zip",
]
