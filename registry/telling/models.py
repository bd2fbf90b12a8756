"""The private table of the follower of applications."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class NoticeApplicationRow(SQLModel, table=True):
    """Up to which revision an application's events have been told."""

    __tablename__ = "notice_applications"

    application_id: UUID = Field(primary_key=True, foreign_key="applications.id")
    revision: int
