"""The daily keys under which the addresses of senders are digested."""

from datetime import date

from sqlmodel import Field, SQLModel


class SenderKeyRow(SQLModel, table=True):
    """The key of one day's digests; it is deleted with the day, and the digests mean nothing after it."""

    __tablename__ = "problem_sender_keys"

    day: date = Field(primary_key=True)
    key: str = Field(max_length=64)
