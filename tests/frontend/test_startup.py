"""The site starts without what only some of its requests need."""

import subprocess
import sys

# Native code, tables of words, a migration library that draws in a template engine, what only tests need.
LATER = (
    "alembic", "mako", "xlsxwriter", "docx", "openpyxl", "python_calamine", "tantivy", "rjieba", "pypinyin",
    "psycopg", "meilisearch", "httpx", "httpx2", "yaml", "pyarrow", "hypothesis", "seeds", "tests", "argon2",
    "webauthn", "authlib", "joserfc", "limits", "cryptography",
)  # fmt: skip


def loaded(statement: str) -> set[str]:
    """The names of the modules that a fresh interpreter holds after a statement."""
    asked = f"{statement}\nimport sys\nprint(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_the_application_is_imported_without_what_only_some_requests_need() -> None:
    assert sorted(loaded("import frontend.app") & set(LATER)) == []


def test_every_name_on_the_list_is_a_module_that_could_be_loaded() -> None:
    """A misspelt name would never be found and the test above would prove nothing."""
    assert set(LATER) <= loaded("\n".join(f"import {name}" for name in LATER))
