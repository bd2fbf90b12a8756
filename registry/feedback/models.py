"""Private tables of reported problems: never in the feed, deleted when their days are over."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class ProblemRow(SQLModel, table=True):
    """One problem as it was typed; `sender` is a keyed digest that nobody can turn back into an address."""

    __tablename__ = "problems"

    number: str = Field(primary_key=True, max_length=14)
    created_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant, index=True)
    day: date = Field(description="The civil day it was reported on")
    sender: str = Field(max_length=64, index=True)
    kind: str = Field(max_length=24)
    about: str = Field(max_length=80)
    text: str = Field(sa_column=Column(Text, nullable=False))
    contact: str = Field(max_length=120)
