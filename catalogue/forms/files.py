"""A form as a file, in either of the two kinds that offices work on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from catalogue.checks.models import ReportRow
from catalogue.checks.report import load
from catalogue.forms import service, to_docx, to_xlsx
from catalogue.forms.model import Form


class FileKind(StrEnum):
    XLSX = "xlsx"
    DOCX = "docx"


MEDIA: Mapping[FileKind, str] = {FileKind.XLSX: to_xlsx.MEDIA, FileKind.DOCX: to_docx.MEDIA}
_WRITERS: Mapping[FileKind, Callable[[Form], bytes]] = {
    FileKind.XLSX: to_xlsx.workbook,
    FileKind.DOCX: to_docx.document,
}


@dataclass(frozen=True, slots=True)
class FormFile:
    content: bytes
    media: str
    name: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Disposition": f'attachment; filename="{self.name}"'}


def form_file(
    session: Session, row: ReportRow, form_id: str, kind: FileKind, *, unit: str | None
) -> FormFile:
    """One form of a stored report; its name says of which unit by the unit's place in the report."""
    report = load(row.report)
    form = service.make(session, report, form_id, unit)
    place = next((at for at, one in enumerate(report.units, 1) if one.unit_id == unit), 1)
    name = f"{row.number}-{form.id}-{place}.{kind}"
    return FormFile(_WRITERS[kind](form), MEDIA[kind], name)
