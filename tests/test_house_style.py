"""What no linter sees: module size and promise, cited rules, no machine in the tree."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("registry", "search", "catalogue", "frontend", "seeds", "tests", "benchmarks")
LONGEST_MODULE = 300
RULES = ("catalogue/compliance/rules", "catalogue/ratios/methods")
# A change of meaning here is a change for whoever copies the tree: no index, no mirror, no machine of ours.
HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "crates" + ".io",
    "proxy.golang" + ".org",
)
MACHINE_PATH = re.compile(r"(?<![\w.:/}~)-])/(?:work|root|tmp|home)/")


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def parsed() -> Iterator[tuple[str, ast.Module]]:
    for path in modules():
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def tracked() -> list[Path]:
    """Every file that a clone gets; without git, as in an unpacked archive, every file of ours."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return [*modules(), *ROOT.glob("*.*"), *(ROOT / ".ci").iterdir()]
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def rules() -> list[Path]:
    found = [path for folder in RULES for path in sorted((ROOT / folder).glob("*.py"))]
    return [path for path in found if path.name != "__init__.py"]


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in modules()}
    assert len(lengths) > 50, "the scan sees the code"
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_a_test_gets_its_database_from_one_place() -> None:
    """What opens a file by itself would never run on PostgreSQL; these two ask what SQLite alone does."""
    own = re.compile(r"\b(?:sqlite_engine|Settings)\([^)]*(?:data_dir|tmp_path|folder)")
    ours = ("databases.py", "registry/test_db.py", "registry/test_application_power.py")
    allowed = {ROOT / "tests" / name for name in ours}
    tests = [path for path in modules() if path.is_relative_to(ROOT / "tests")]
    assert {path for path in tests if own.search(path.read_text("utf-8"))} == allowed


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    silent = [name for name, tree in parsed() if tree.body and not ast.get_docstring(tree)]
    assert silent == []
    no_sentence = [
        name
        for name, tree in parsed()
        if tree.body and not (ast.get_docstring(tree) or "").split("\n")[0].endswith((".", "?"))
    ]
    assert no_sentence == []


def test_no_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    files = tracked()
    assert len(files) > 100, "the scan sees the tree"
    named = []
    for path in files:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # fonts and images
        named += [f"{path.relative_to(ROOT)}: {host}" for host in HOSTS if host in text]
        named += [f"{path.relative_to(ROOT)}: {found[0]}" for found in MACHINE_PATH.finditer(text)]
    assert named == []


def test_every_rule_cites_its_clause() -> None:
    found = rules()
    assert len(found) > 10, "the scan sees the rules"
    docstrings = {path.name: ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for path in found}
    assert [name for name, docstring in docstrings.items() if "Clause:" not in docstring] == []


def test_every_rule_has_a_page() -> None:
    """Rules by their id, methods by their module's name, as `docs/generate.py` writes them."""
    pages = {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")}
    wanted = {
        f"method-{path.stem}" if path.parent.name == "methods" else path.stem.replace("_", "-")
        for path in rules()
    }
    assert wanted - pages == set()


@pytest.mark.parametrize("text", ["see /wo" + "rk/main", '"/tm' + 'p/x"', "cd /ro" + "ot/"])
def test_the_search_for_machine_paths_finds_them(text: str) -> None:
    assert MACHINE_PATH.search(text)
