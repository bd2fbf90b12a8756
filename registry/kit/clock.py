"""The civil day in Asia/Shanghai and the instant in UTC; read at the edge, passed in everywhere else."""

from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    return datetime.now(UTC)


def civil_day(instant: datetime) -> date:
    """The day in China at an instant."""
    return instant.astimezone(SHANGHAI).date()


def today() -> date:
    return civil_day(now())


async def asked_now() -> datetime:
    """The instant of a request; it waits for nothing, so it takes no thread."""
    return now()


async def asked_today() -> date:
    """The civil day of a request."""
    return today()


TodayDep = Annotated[date, Depends(asked_today)]
NowDep = Annotated[datetime, Depends(asked_now)]
