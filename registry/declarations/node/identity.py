"""Under which UUID and version a declaration stands in our node."""

import re
from uuid import UUID

from registry.declarations.dataset import Dataset

VERSION = re.compile(r"\d\d\.\d\d(\.\d\d\d)?")
_WHOLE = re.compile(r"\d{1,2}")


def served(dataset: Dataset, declaration_id: UUID, recorded: int) -> Dataset:
    """The content with the identity a data set needs; a document's own is never changed.

    Without one, the declaration's id stands for the UUID, and the number of the recorded version for the
    version. A plain number, as openEPD writes it, becomes the first part of a version.
    """
    return dataset.model_copy(
        update={"uuid": dataset.uuid or declaration_id, "version": _version(dataset.version, recorded)}
    )


def _version(stated: str | None, recorded: int) -> str:
    text = (stated or "").strip()
    if VERSION.fullmatch(text):
        return text
    if _WHOLE.fullmatch(text):
        return f"{int(text):02}.00.000"
    return f"00.{recorded // 1000 % 100:02}.{recorded % 1000:03}"
