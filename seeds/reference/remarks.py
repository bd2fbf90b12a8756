"""The English remarks and origins of the seed tables in Chinese, so that no Chinese page needs English."""

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("remarks.yaml")


class NotTranslated(LookupError):
    """A table carries a remark that the list of translations does not know."""


@cache
def _listed() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def in_chinese(remark: str | None) -> str | None:
    """The Chinese of a remark; a remark that has none stops the load."""
    if remark is None:
        return None
    try:
        return _listed()[remark]
    except KeyError as error:
        raise NotTranslated(remark) from error
