"""`greenmat account`: the first administrator, and an account that must stop at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

import typer
from rich.markup import escape
from sqlmodel import Session

from frontend.terminal import configured, console, refusals_said
from registry.access.actors import OPERATOR, ActorRole
from registry.accounts import invitations, logins, memberships, second
from registry.accounts.events import Moment
from registry.accounts.invitations import DAYS
from registry.accounts.memberships import OPERATING_BODY, Place
from registry.accounts.passwords import hashed, known_of, refuse_weak
from registry.changes.reading import find_code
from registry.kit import clock, revision
from registry.kit.db import open_engine, write_session
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.kit.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Accounts: create, invite, disable")

LoginArgument = Annotated[str, typer.Argument(help="E-mail address to sign in with")]
RoleOption = Annotated[ActorRole, typer.Option(help="What the account acts as")]
CodeOption = Annotated[
    str, typer.Option(help="The organisation's 登记号; without it the registry's own staff")
]

ManagesOption = Annotated[
    bool | None,
    typer.Option(
        "--manages/--no-manages", help="May invite, dismiss and make keys; by default only administrators"
    ),
]


@app.command()
def create(  # noqa: PLR0913  each option of a command is a parameter
    login: LoginArgument,
    *,
    name: Annotated[str, typer.Option(help="How the person is called")],
    role: RoleOption = ActorRole.ADMINISTRATOR,
    organisation: CodeOption = "",
    manages: ManagesOption = None,
    password: Annotated[
        str,
        typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="Asked for"),
    ],
) -> None:
    """Make an account that may sign in at once."""
    settings, moment = configured(), Moment(clock.now())
    with _writing(settings) as session:
        refuse_weak(password, known=known_of(login, name))
        place = _place(session, organisation, role, manages=manages)
        account = logins.create(session, login, name, moment=moment, password_hash=hashed(password))
        memberships.give(session, account.id, place, moment=moment)
        console.print(f"{escape(account.login)} may sign in as {role}.")


@app.command()
def invite(
    login: LoginArgument,
    *,
    role: RoleOption = ActorRole.ADMINISTRATOR,
    organisation: CodeOption = "",
    manages: ManagesOption = None,
) -> None:
    """Print a link with which somebody makes their own account, or adds a role to it."""
    settings, moment = configured(), Moment(clock.now())
    with _writing(settings) as session:
        place = _place(session, organisation, role, manages=manages)
        token = invitations.invite(session, login, place, actor=OPERATOR, moment=moment)
    base = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    console.print(f"Valid for {DAYS} days, once:", highlight=False)
    typer.echo(f"{base}/zh/account/invitation?token={token}")


@app.command()
def disable(login: LoginArgument) -> None:
    """Sign an account out everywhere, for good; its API keys stop as well."""
    with _writing(configured()) as session:
        account = logins.disable(session, login, moment=Moment(clock.now()))
        console.print(f"{escape(account.login)} is disabled.")


@app.command("reset-second-factor")
def reset_second_factor(login: LoginArgument) -> None:
    """For who lost phone, passkeys and recovery codes: forget them all and sign out everywhere."""
    with _writing(configured()) as session:
        second.reset(session, login, moment=Moment(clock.now()))
        console.print(f"{escape(login)} signs in with the password alone and sets a second factor up anew.")


@contextmanager
def _writing(settings: Settings) -> Iterator[Session]:
    """A writing session of one command on a database brought up to date; refusals are said in words."""
    with refusals_said(), open_engine(settings) as engine:
        revision.bring_up(engine)
        with write_session(engine) as session:
            yield session


def _place(session: Session, code: str, role: ActorRole, *, manages: bool | None) -> Place:
    """Only administrators manage unless it is said: whoever runs the site gives that right knowingly."""
    given = role is ActorRole.ADMINISTRATOR if manages is None else manages
    return Place(_organisation(session, code), role, given)


def _organisation(session: Session, code: str) -> UUID:
    if not code:
        return OPERATING_BODY
    printed = parse_code(code)
    found = find_code(session, printed) if printed else None
    if found is None or found.kind != "organisation":
        raise NotFound("code-not-found", code=code)
    return found.key
