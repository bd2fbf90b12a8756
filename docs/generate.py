"""Write settings.md, errors.md, permissions.md and preflight.md from the code: `python -m docs.generate`."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pydantic_core import PydanticUndefined

from frontend.pages.error_codes import CARRY_REMEDY, remedy
from registry.access.actors import GIVEN_ROLES, ActorRole
from registry.access.permissions import ACCOUNTS, BINDING_ROLES, EVERYONE, TABLE, WITHOUT_SECOND, Relation
from registry.declarations.preflight.catalogue import CHECKS, FAMILIES
from registry.kit.errors import DomainError
from registry.kit.messages import catalogue
from registry.kit.settings import PREFIX, Mode, Settings

DOCS = Path(__file__).parent
# The packages that speak to users; `seeds` speaks only to the operator who runs it.
PACKAGES = ("registry", "search", "catalogue", "frontend")
# Refusals that the edge makes without a DomainError of its own (frontend/errors.py).
AT_THE_EDGE = {"not-understood": 422, "method-not-allowed": 405, "fault": 500}
# Alembic runs this file by itself; importing it starts a migration.
NOT_IMPORTED = ("registry.migrations.env", "registry.migrations.versions")


SETTINGS_HEAD = """\
# Settings

Written by `python -m docs.generate` from `registry/kit/settings.py`; do not edit by hand.

Settings are environment variables. An unknown variable that starts with `GREENMAT_` stops the start and is
named, so a misspelt setting never goes unnoticed.

| variable | default | meaning |
|---|---|---|
"""
SETTINGS_TAIL = """
Variables that start with `GREENMAT_TEST_` belong to the tests: `GREENMAT_TEST_POSTGRES` names a PostgreSQL
(15 or later) in which the suites create and drop their databases, in place of SQLite files.
"""
ERRORS_HEAD = """\
# Error codes

Written by `python -m docs.generate` from the code and the sentence files; do not edit by hand.

The interface refuses with `application/problem+json` (RFC 9457): `code` is stable, `title` is the sentence in
the reader's language, `facts` fill its places. Pages show the same sentence and the remedy. Sentences of
`bom.read.*` and `evidence.*` carry their remedy inside.
"""
PERMISSIONS_HEAD = """\
# Who may do what

Written by `python -m docs.generate` from `registry/access/permissions.py`; do not edit by hand.

The table is the whole of it: what no row allows is refused, and a route without an act fails the tests.
A route asks whether the actor's role may do the act to anything at all; the service asks again with the thing
itself. An API key is held to its scopes besides, and never does what needs the person.

"""
PREFLIGHT_HEAD = """\
# The pre-flight of a declaration

Written by `python -m docs.generate` from `registry/declarations/preflight/`; do not edit by hand.

Every check is asked of a declaration before it is saved. An error keeps it from being published, a warning
must be mended or confirmed, a note is for knowing. A check is asked only under its condition: nothing is
wanted that the rules of that document do not want. The word behind a source says how sure it is: read in the
text (high), at second hand (medium), to be verified (low).

"""
RELATIONS = {
    Relation.ANY: "whatever it is",
    Relation.OWN: "it belongs to the actor's organisation",
    Relation.MANAGED: "it belongs to the actor's organisation, whose members the actor manages",
    Relation.ISSUED: "the actor's organisation issued it",
    Relation.ASSIGNED: "it is assigned to the actor, who has no part in it",
    Relation.OTHER: "neither the actor nor the actor's organisation has a part in it",
}
GROUPS = {EVERYONE: "everyone", ACCOUNTS: "every account", GIVEN_ROLES: "every given role"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One stable error code with the HTTP status it answers with."""

    code: str
    status: int


def modules() -> Iterator[str]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if not found.name.startswith(NOT_IMPORTED) and not found.name.endswith("__main__"):
                yield found.name


def error_classes() -> Mapping[str, type[DomainError]]:
    """Every domain error of the packages by the name it is raised with."""
    for name in modules():
        importlib.import_module(name)
    found: dict[str, type[DomainError]] = {}
    waiting: list[type[DomainError]] = [DomainError]
    while waiting:
        one = waiting.pop()
        if one.__module__.startswith(PACKAGES):
            found[one.__name__] = one
        waiting.extend(one.__subclasses__())
    return found


def refusals() -> list[Refusal]:
    """Every code a class carries or a call names, by code; the sentence's key is the code."""
    classes = error_classes()
    found = {cls.code: cls.status for cls in classes.values()} | AT_THE_EDGE
    for code, cls in _codes_in_calls(classes):
        found[code] = cls.status
    found |= {key: 422 for key in catalogue("zh") if key.startswith(CARRY_REMEDY)}
    return [Refusal(code, status) for code, status in sorted(found.items())]


def _codes_in_calls(classes: Mapping[str, type[DomainError]]) -> Iterator[tuple[str, type[DomainError]]]:
    for name in modules():
        source = importlib.import_module(name).__file__
        if source is None:
            continue
        for node in ast.walk(ast.parse(Path(source).read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            first = node.args[0]
            if node.func.id in classes and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, classes[node.func.id]


def settings_page() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = field.default
        if default is PydanticUndefined:
            raise ValueError(f"the setting {name} has no default")
        shown = default.value if isinstance(default, Mode) else str(default)
        cells = (f"`{PREFIX}{name.upper()}`", f"`{shown}`" if shown else "(empty)", field.description or "")
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return SETTINGS_HEAD + "\n".join(rows) + "\n" + SETTINGS_TAIL


def errors_page() -> str:
    zh, en = catalogue("zh"), catalogue("en")
    lines: list[str] = []
    for one in refusals():
        lines += ["", f"## `{one.code}`", "", f"Status {one.status}.", ""]
        lines += [f"- 中文：{zh[one.code]}", f"- English: {en[one.code]}"]
        lines += _remedy(one.code, one.status, zh=zh, en=en)
    return ERRORS_HEAD + "\n".join(lines) + "\n"


def _remedy(code: str, status: int, *, zh: Mapping[str, str], en: Mapping[str, str]) -> Sequence[str]:
    if code.startswith(CARRY_REMEDY):
        return ()
    key = remedy(code, status)
    return (f"- 怎么办：{zh[key]}", f"- What to do: {en[key]}")


def permissions_page() -> str:
    lines = ["| relation | holds when |", "|---|---|"]
    lines += [f"| {relation} | {RELATIONS[relation]} |" for relation in Relation]
    lines += ["", "| roles | acts | relation | states | fields |", "|---|---|---|---|---|"]
    for row in TABLE:
        roles = GROUPS.get(row.roles) or _listed(row.roles)
        cells = (roles, _listed(row.acts), row.relation, _held(row.states), _held(row.fields))
        lines.append("| " + " | ".join(cells) + " |")
    given = ", ".join(GIVEN_ROLES)
    tail = (
        f"\nGiven roles: {given}. `{ActorRole.SIGNED_IN}` is an account that holds none of them; "
        f"`{ActorRole.LOADER}` and `{ActorRole.OPERATOR}` are the program and its command line.\n"
        f"\nWhere the site requires a second factor, {_listed(sorted(BINDING_ROLES))} do without one only: "
        f"{_listed(sorted(WITHOUT_SECOND))}.\n"
    )
    return PERMISSIONS_HEAD + "\n".join(lines) + "\n" + tail


def preflight_page() -> str:
    """Every check by family: id, severity, condition and source, its sentence and how to mend it."""
    zh, en = catalogue("zh"), catalogue("en")
    lines = [f"{len(CHECKS)} checks.", ""]
    for family in FAMILIES:
        lines += [f"## {_first_sentence(family)}", ""]
        for words, checks in groupby(family.checks.checks, key=lambda check: check.says):
            group = list(checks)
            lines += [f"- `{one.id}` · {one.severity} · {one.when.text} · {one.source}" for one in group]
            mend = group[0].mend
            lines += ["", f"  {zh[words]}{zh[mend]}", "", f"  {en[words]} {en[mend]}", ""]
    return PREFLIGHT_HEAD + "\n".join(lines)


def _first_sentence(module: object) -> str:
    return (module.__doc__ or "").split("\n")[0].rstrip(".")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(str(name) for name in names)


def _held(names: frozenset[str] | None) -> str:
    return "every" if names is None else ", ".join(sorted(names))


def pages() -> Mapping[Path, str]:
    """Every generated page with what it should say."""
    return {
        DOCS / "settings.md": settings_page(),
        DOCS / "errors.md": errors_page(),
        DOCS / "permissions.md": permissions_page(),
        DOCS / "preflight.md": preflight_page(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
        print(path.name)
