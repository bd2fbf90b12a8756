"""openEPD bundles: their reader opens ours, ours opens theirs, and what is beside a document is told."""

import io
import zipfile
from typing import Any

import pytest
from openepd.bundle.reader import DefaultBundleReader
from openepd.bundle.writer import DefaultBundleWriter
from openepd.model.light.epd import Epd

from registry.declarations.dataset import Dataset
from registry.declarations.formats import openepd
from registry.declarations.formats.openepd import bundle
from registry.declarations.formats.reading import Unreadable
from tests.declaration_sameness import differing


def epd(name: str = "示例砌块（虚构）", language: str = "zh") -> Epd:
    return Epd.model_validate(
        {
            "product_name": name,
            "language": language,
            "declared_unit": {"qty": 1, "unit": "m3"},
            "impacts": {"EF 3.1": {"gwp": {"A1A2A3": {"mean": 245, "unit": "kgCO2e"}}}},
        }
    )


def dataset(name: str) -> Dataset:
    (reading,) = openepd.read(epd(name).model_dump_json(exclude_unset=True).encode())
    return reading.dataset


def archive(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def test_their_reader_opens_our_bundle() -> None:
    ours = [dataset("示例一（虚构）"), dataset("示例二（虚构）")]
    with DefaultBundleReader(io.BytesIO(bundle.write(ours).content)) as reader:
        assets = list(reader.assets_iter())
        names = [reader.read_object_asset(Epd, asset).product_name for asset in assets]
        assert (reader.get_manifest().assets.total_count, names) == (2, ["示例一（虚构）", "示例二（虚构）"])


def test_our_bundle_comes_back_whole() -> None:
    ours = [dataset("示例一（虚构）"), dataset("示例二（虚构）")]
    readings = bundle.read(bundle.write(ours).content)
    assert [differing(one, reading.dataset) for one, reading in zip(ours, readings, strict=True)] == [[], []]
    assert [reading.source.member for reading in readings] == ["epd/000001.json", "epd/000002.json"]


def test_a_translation_adds_its_words_and_a_pdf_is_told() -> None:
    content = io.BytesIO()
    with DefaultBundleWriter(content) as writer:
        first = writer.write_object_asset(epd())
        writer.write_object_asset(epd("Block (invented)", "en"), rel_asset=first, rel_type="translation")
        writer.write_blob_asset(io.BytesIO(b"%PDF-"), "application/pdf", first, "repr.pdf")
    (reading,) = bundle.read(content.getvalue())
    assert reading.dataset.names == {"zh": "示例砌块（虚构）", "en": "Block (invented)"}
    assert [one.facts["kind"] for one in reading.remarks if one.key == "openepd.member"] == [
        "translation",
        "repr.pdf",
    ]


MANIFEST = '{"format": "openEPD Bundle/1.0", "generator": "示例"}'
HEAD = "ref,type,rel_type,rel_asset\r\n"
REFUSALS: dict[str, dict[str, Any]] = {
    "declaration-bundle-empty": {"manifest": MANIFEST, "toc": HEAD},
    "declaration-bundle-manifest": {"manifest": '{"format": "other/1"}', "toc": HEAD},
    "declaration-bundle-contents": {"manifest": MANIFEST, "toc": "a,b\r\n1,2\r\n"},
    "declaration-bundle-member": {"manifest": MANIFEST, "toc": HEAD + "epd/1.json,epd,,\r\n"},
    "declaration-json-broken": {"manifest": "{", "toc": HEAD},
}


@pytest.mark.parametrize("key", REFUSALS)
def test_a_bundle_that_cannot_be_read_says_why(key: str) -> None:
    with pytest.raises(Unreadable) as refused:
        bundle.read(archive(**REFUSALS[key]))
    assert refused.value.key == key
