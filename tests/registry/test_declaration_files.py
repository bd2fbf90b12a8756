"""A file is taken for what it holds, and what is no declaration is refused with the reason and a way out."""

import struct
import zipfile
from collections.abc import Callable

import pytest

from registry.declarations.formats import files as formats
from registry.declarations.formats import zipped
from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Unreadable
from registry.kit.messages import LANGUAGES, say
from tests.registry import ilcd_files as files

DOCTYPE = '<!DOCTYPE p:processDataSet [<!ENTITY a "b">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def encrypted() -> bytes:
    """The flag of encryption, set in the directory and before the member."""
    data = bytearray(files.archive(files.xml()))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    at = data.index(b"PK\x01\x02") + 8
    data[at : at + 2] = struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] | 1)
    return bytes(data)


def deep() -> bytes:
    return b'{"processInformation": ' + b'{"a":' * 400 + b"1" + b"}" * 400 + b"}"


def deep_inside() -> bytes:
    tree = files.json(files.tree() | {"invented": 0})
    return tree.replace(b'"invented":0', b'"invented":' + b'{"a":' * 400 + b"1" + b"}" * 400)


def without(part: str) -> bytes:
    return files.json({key: value for key, value in files.tree().items() if key != part})


def plain_process() -> bytes:
    tree = files.tree()
    tree["modellingAndValidation"]["LCIMethodAndAllocation"]["typeOfDataSet"] = "Unit process, black box"
    tree["LCIAResults"] = {}
    del tree["exchanges"]["exchange"][1]
    return files.json(tree)


def impossible() -> bytes:
    tree = files.tree()
    tree["exchanges"]["exchange"][0] |= {"meanAmount": 1e20, "resultingflowAmount": 1e40}
    tree["exchanges"]["exchange"][0]["flowProperties"][0]["meanValue"] = 1e20
    return files.json(tree)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("declaration-empty", lambda: b""),
    "blanks": ("declaration-empty", lambda: b" \n\t "),
    "a picture": ("declaration-unknown-format", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 100),
    "a PDF": ("declaration-unknown-format", lambda: b"%PDF-1.7\n" + b"x" * 100),
    "noise": ("declaration-unknown-format", lambda: b"\xb7\x00\x00\x13\x9c" * 99),
    "half a JSON of any kind": ("declaration-broken-json", lambda: b'{"a":'),
    "prose": ("declaration-table-none", "碳足迹".encode),
    "other JSON": ("declaration-unknown-format", lambda: b'{"hello": 1}'),
    "other XML": ("declaration-unknown-format", lambda: b"<html><body/></html>"),
    "cut JSON": ("declaration-broken-json", lambda: files.json(files.tree())[:-20]),
    "a list of nothing": ("declaration-unknown-format", lambda: b"[]"),
    "a list of words": ("declaration-broken-json", lambda: b'["processInformation"]'),
    "cut XML": ("declaration-broken-xml", lambda: files.xml().encode()[:-40]),
    "DOCTYPE": ("declaration-doctype", lambda: files.xml(head=DOCTYPE).encode()),
    "a thousand laughs": ("declaration-doctype", lambda: files.xml(body="&b;", head=LAUGHS).encode()),
    "unknown entity": ("declaration-broken-xml", lambda: files.xml(body="&x;").encode()),
    "a flow": ("declaration-not-a-process", files.FLOW_XML.encode),
    "a unit process": ("declaration-not-an-epd", plain_process),
    "no information": ("declaration-part-missing", lambda: without("processInformation")),
    "no modelling": ("declaration-part-missing", lambda: without("modellingAndValidation")),
    "no exchanges": ("declaration-part-missing", lambda: without("exchanges")),
    "an impossible amount": ("declaration-value-impossible", impossible),
    "deep JSON": ("declaration-part-missing", deep),
    "deep inside": ("declaration-too-deep", deep_inside),
    "a cut ZIP": ("declaration-broken-zip", lambda: files.archive(files.xml())[:-30]),
    "an empty ZIP": ("declaration-unknown-format", lambda: files.zipped({})),
    "a ZIP of prose": ("declaration-unknown-format", lambda: files.zipped({"readme.txt": "x"})),
    "no process in the ZIP": (
        "declaration-zip-no-process",
        lambda: files.zipped({"ILCD/flows/a.xml": "<a/>"}),
    ),
    "an encrypted ZIP": ("declaration-zip-encrypted", encrypted),
    "a path out of the ZIP": (
        "declaration-zip-path",
        lambda: files.zipped({"ILCD/processes/../../a.xml": "x"}),
    ),
    "an absolute path": ("declaration-zip-path", lambda: files.zipped({"/ILCD/processes/a.xml": "x"})),
    "a drive": ("declaration-zip-path", lambda: files.zipped({"C:/ILCD/processes/a.xml": "x"})),
    "a unit process in a ZIP": (
        "declaration-not-an-epd",
        lambda: files.archive(files.xml(amount="").replace(">EPD<", ">Unit process<")),
    ),
    "DOCTYPE in a ZIP": ("declaration-doctype", lambda: files.archive(files.xml(head=DOCTYPE))),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_declaration_is_refused_for_its_own_reason(case: str) -> None:
    key, made = REFUSED[case]
    with pytest.raises(Unreadable) as refused:
        read_file(made(), "file.xml")
    assert refused.value.key == key
    for lang in LANGUAGES:
        assert "{" not in say(key, lang, refused.value.facts)


@pytest.mark.parametrize("name", ["a.zip", "a.xml", "a.json", "a", "報告.pdf"])
def test_the_name_of_a_file_decides_nothing(name: str) -> None:
    for data in (files.json(files.tree()), files.xml().encode(), files.archive(files.xml())):
        (reading,) = read_file(data, name)
        assert reading.source.format == "ilcd+epd"


def test_a_byte_order_mark_and_comments_before_the_root_do_not_matter() -> None:
    data = "\ufeff<!-- <html> -->\n<?x y?>" + files.xml().removeprefix('<?xml version="1.0"?>')
    (reading,) = read_file(data.encode(), "x")
    assert reading.dataset.indicators


def test_a_file_above_the_limit_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LARGEST", 1000)
    with pytest.raises(Unreadable) as refused:
        read_file(files.json(files.tree()), "x")
    assert refused.value.key == "declaration-too-large"


def test_a_zip_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = files.archive(files.xml(), **{"ILCD/flows/b.xml": b"0" * 2_000_000})
    for limit, value in (("LARGEST_MEMBER", 1_000_000), ("LARGEST_TOTAL", 1_500_000)):
        with monkeypatch.context() as patched:
            patched.setattr(zipped, limit, value)
            patched.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
            with pytest.raises(Unreadable) as refused:
                read_file(bomb, "x")
        assert refused.value.key == "declaration-zip-size"


def test_a_zip_of_too_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MEMBERS", 3)
    with pytest.raises(Unreadable) as refused:
        read_file(files.archive(files.xml(), **{f"ILCD/flows/{n}.xml": "x" for n in range(3)}), "x")
    assert refused.value.key == "declaration-zip-members"


def test_the_plain_processes_beside_an_epd_in_a_zip_do_not_hide_it() -> None:
    plain = files.xml(amount="").replace(">EPD<", ">Unit process<")
    data = files.archive(files.xml(), **{"ILCD/processes/other.xml": plain})
    assert len(read_file(data, "x")) == 1
