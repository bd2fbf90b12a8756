"""`greenmat account`: the first administrator of a production site, by password or by link."""

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from frontend import cli, terminal
from registry.accounts.models import InvitationRow, MembershipRow
from registry.kit.db import open_engine, read_session
from registry.kit.settings import Mode, Settings
from tests.frontend.account_site import PASSWORD, NewDatabase, is_in, opened, sign_in
from tests.frontend.reading import Page

BOSS = "boss@example.com"


@pytest.fixture
def settings(new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> Settings:
    changes = {"mode": Mode.PRODUCTION, "public_url": "https://testserver"}
    found = new_database().model_copy(update=changes)
    monkeypatch.setattr(terminal, "load", lambda: found)
    return found


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["account", *words], input=typed)


def create(password: str = PASSWORD) -> Result:
    return run("create", BOSS, "--name", "管理员（虚构）", typed=f"{password}\n{password}\n")


def test_the_first_administrator_is_made_and_signs_in(settings: Settings) -> None:
    answer = create()
    assert answer.exit_code == 0, answer.output
    assert PASSWORD not in answer.output
    with opened(settings, scheme="https") as town:
        browser = town.browser()
        sign_in(browser, BOSS)
        assert "管理员" in Page(browser.get("/zh/account").text).words
        assert run("disable", BOSS).exit_code == 0
        assert not is_in(browser)


def test_a_weak_password_a_taken_and_an_unreadable_login_are_refused_in_words(settings: Settings) -> None:
    assert create("password").exit_code == 2
    assert create().exit_code == 0
    again = create()
    assert again.exit_code == 2
    assert BOSS in again.output
    assert run("create", "boss", "--name", "x", typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 2
    assert run("disable", "nobody@example.com").exit_code == 2
    assert run("invite", BOSS, "--organisation", "YS-Z00000-00000-0").exit_code == 2
    assert run("invite", BOSS, "--role", "anonymous").exit_code == 2


def test_a_printed_invitation_makes_the_account(settings: Settings) -> None:
    answer = run("invite", BOSS)
    assert answer.exit_code == 0, answer.output
    address = answer.stdout.strip().splitlines()[-1]
    assert address.startswith("https://testserver/zh/account/invitation?token=")
    with opened(settings, scheme="https") as town:
        browser = town.browser()
        typed = {"token": address.split("=")[1], "name": "管理员（虚构）", "password": PASSWORD}
        assert browser.post("/zh/account/invitation", data=typed).status_code == 303
        assert is_in(browser)


@pytest.mark.parametrize(
    ("words", "manages"),
    [
        ((), True),
        (("--role", "registry_officer"), False),
        (("--role", "registry_officer", "--manages"), True),
        (("--no-manages",), False),
    ],
)
def test_only_administrators_manage_unless_it_is_said(
    settings: Settings, words: tuple[str, ...], *, manages: bool
) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    assert run("create", BOSS, "--name", "人员（虚构）", *words, typed=typed).exit_code == 0
    assert run("invite", "next@example.com", *words).exit_code == 0
    with open_engine(settings) as engine, read_session(engine) as session:
        assert session.scalars(select(MembershipRow)).one().manages == manages
        assert session.scalars(select(InvitationRow)).one().manages == manages
