"""Typed settings from the environment; an unknown GREENMAT_ variable stops the start."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "GREENMAT_"
TEST_PREFIX = "GREENMAT_TEST_"
MOST_WORKERS = 32


class Mode(StrEnum):
    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


class SettingsRefused(Exception):
    """The environment holds a setting we do not know or cannot read."""


class Settings(BaseSettings):
    """Every setting, with its meaning; `docs/settings.md` is generated from here."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    mode: Mode = Field(
        Mode.DEMONSTRATION, description="demonstration serves invented data; production refuses it"
    )
    data_dir: Path = Field(Path("var"), description="Folder of the embedded database and search index")
    database_url: str = Field("", description="PostgreSQL address; empty means SQLite inside the data folder")
    meilisearch_url: str = Field(
        "",
        pattern=r"^$|^https?://",
        description="Address of a Meilisearch server (1.36 or newer) that answers searches; "
        "empty means the embedded index, which also stands in while the server is away",
    )
    meilisearch_key: str = Field("", repr=False, description="Our key at the Meilisearch server")
    meilisearch_index: str = Field(
        "greenmat",
        pattern="^[A-Za-z0-9_-]{1,100}$",
        description="Beginning of our indexes' names there; one per installation",
    )
    host: str = Field("127.0.0.1", description="Address the web server listens on")
    port: int = Field(8000, ge=0, le=65535, description="Port of the web server; 0 lets the system choose")
    public_url: str = Field(
        "", description="Address the public sees, used in QR codes; empty means the request's own"
    )
    workers: int = Field(
        1,
        ge=1,
        le=MOST_WORKERS,
        description="Server processes, as many as processors; limits on tries are shared out among them",
    )
    threads: int = Field(
        16, ge=2, le=128, description="Worker threads of a process; its database pool is never smaller"
    )
    log_format: str = Field("text", pattern="^(text|json)$", description="text for people, json for machines")
    answers_remembered: int = Field(
        4096, ge=0, le=1_000_000, description="Answers to scanned numbers kept in memory, of about 6 kB each"
    )
    check_days: int = Field(30, ge=1, le=3650, description="Days an unsaved bill-of-materials check is kept")
    dump_minutes: int = Field(
        60, ge=0, le=10_080, description="Minutes for which a dump is served although the feed has moved on"
    )
    problem_days: int = Field(180, ge=1, le=3650, description="Days a reported problem is kept")
    problems_per_day: int = Field(
        10, ge=1, le=1000, description="Problems that may be reported from one address in a day"
    )
    archives_per_day: int = Field(
        50, ge=1, le=100_000, description="Searches that may be kept from one address in a day"
    )

    session_idle_minutes: int = Field(
        30, ge=1, le=1440, description="Minutes after which an unused sign-in ends"
    )
    session_hours: int = Field(12, ge=1, le=168, description="Hours after which every sign-in ends")
    sign_in_tries: int = Field(
        10,
        ge=2,
        le=1000,
        description="Wrong passwords in 15 minutes for one account; three times as many from one address",
    )
    second_factor: str = Field(
        "",
        pattern="^(|required|offered)$",
        description="required: who binds others acts only with a second factor; offered: nobody must; "
        "empty means required in production, offered in the demonstration",
    )
    oidc_issuer: str = Field(
        "",
        pattern=r"^$|^https://|^http://(127\.0\.0\.1|localhost)[:/]",
        description="Issuer of the identity provider to sign in at (OpenID Connect); empty means none",
    )
    oidc_client_id: str = Field("", description="Our name at the identity provider")
    oidc_client_secret: str = Field("", repr=False, description="Our secret at the identity provider")
    evidence_dir: str = Field(
        "", description="Folder of private evidence files; empty means `evidence` inside the data folder"
    )
    review_days: int = Field(10, ge=1, le=365, description="Working days in which an application is reviewed")
    review_levels: int = Field(
        1, ge=1, le=2, description="2: the applicant's city approves first and its province second"
    )

    complaints_per_day: int = Field(
        5, ge=1, le=1000, description="Complaints that may be made from one address in a day"
    )
    reply_days: int = Field(
        15, ge=1, le=365, description="Days in which the party may reply to a complaint (our own convention)"
    )
    appeal_days: int = Field(
        15, ge=1, le=365, description="Days to appeal that a decision proposes (our own convention)"
    )
    complaint_days: int = Field(
        365, ge=1, le=3650, description="Days after its end on which a complaint is erased; its finding stays"
    )
    notice_days: int = Field(
        7,
        ge=1,
        le=365,
        description="Days of public notice before evidence is recognised (our own convention)",
    )

    harvest_per_second: float = Field(
        2.0, ge=0, le=20, description="Requests a second that a harvest sends to a node; 0 does not wait"
    )
    harvest_inside: bool = Field(
        False, description="Harvest over plain http and inside the network too; public nodes never need it"
    )
    harvest_token: str = Field("", repr=False, description="Bearer token for the node that is harvested")

    @property
    def requires_second_factor(self) -> bool:
        return (self.second_factor or ("required" if self.mode is Mode.PRODUCTION else "")) == "required"

    @property
    def evidence_folder(self) -> Path:
        return Path(self.evidence_dir) if self.evidence_dir else self.data_dir / "evidence"

    @property
    def sqlite_path(self) -> Path:
        return self.data_dir / "greenmat.db"

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def dump_dir(self) -> Path:
        return self.data_dir / "dumps"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, refusing unknown GREENMAT_ variables by name."""
    found = os.environ if environ is None else environ
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(
        name
        for name in found
        if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and name not in known
    )
    if unknown:
        raise SettingsRefused(f"Unknown settings: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    values = {
        name: found[PREFIX + name.upper()] for name in Settings.model_fields if PREFIX + name.upper() in found
    }
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        bad = "; ".join(f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsRefused(f"Unreadable settings: {bad}.") from error
