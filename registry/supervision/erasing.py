"""Erasing complaints whose days are over: words, contact, file and acts go; the public finding stays."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlmodel import Session, col

from registry.kit.settings import Settings
from registry.supervision.intake import folder_of
from registry.supervision.models import ComplaintEventRow, ComplaintRow


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where files lie, and for how many days a complaint is kept after its end."""

    folder: Path
    days: int

    @classmethod
    def of(cls, settings: Settings) -> "Keeping":
        return cls(settings.evidence_folder, settings.complaint_days)


def purge(session: Session, folder: Path, *, now: datetime, kept_days: int) -> int:
    """Erase what ended that long ago; how many complaints went.

    The file goes first: a crash in between leaves a row that the next purge takes, never a file nobody names.
    """
    over = session.scalars(
        select(col(ComplaintRow.id)).where(col(ComplaintRow.ended_at) <= now - timedelta(days=kept_days))
    ).all()
    for key in over:
        shutil.rmtree(folder_of(folder, key.hex), ignore_errors=True)
        session.execute(delete(ComplaintEventRow).where(col(ComplaintEventRow.complaint_id) == key))
        session.execute(delete(ComplaintRow).where(col(ComplaintRow.id) == key))
    return len(over)
