"""Which of a product's words are searched, in the order they count, and which values filter."""

from collections.abc import Mapping
from enum import StrEnum

from search.documents.product import ProductDocument


class Text(StrEnum):
    """Searched attributes, the most telling first."""

    NAME = "name"
    NAME_EN = "name_en"
    VALUE = "value"
    CODE = "code"
    TAG = "tag"
    MAKER = "maker_text"
    PINYIN = "pinyin"
    KIND_PINYIN = "kind_pinyin"
    DESCRIPTION = "description"


SOUNDS = (Text.PINYIN, Text.KIND_PINYIN)  # made from names, not searched as they stand


class Field(StrEnum):
    """What filters and facets may name; the first six are the public facets."""

    KIND = "kind"
    PROVINCE = "province"
    STATUS = "status"
    STAR = "star"
    EVIDENCE = "evidence"
    DATA_KIND = "data_kind"
    CATEGORY = "category"
    MAKER = "maker"
    MAKER_ID = "maker_id"
    PERFORMANCE = "performance"
    BODY = "body"
    STANDARD = "standard"
    GWP_BASIS = "gwp_basis"
    PLANT = "plant"
    GROUP = "group"
    REGION = "region"
    SCHEME = "scheme"
    VERIFICATION = "verification"
    GWP_STANDARD = "gwp_standard"


PUBLIC_FACETS = (Field.KIND, Field.PROVINCE, Field.STATUS, Field.STAR, Field.EVIDENCE, Field.DATA_KIND)


def searched(document: ProductDocument) -> Mapping[Text, tuple[str, ...]]:
    """The texts of each attribute; those of pinyin are what it is made from."""
    grades = (document.performance, f"{document.performance}级") if document.performance else ()
    own = [one for one in document.standards if one not in document.category_standards]
    numbers = (document.number, *document.certificate_numbers, *document.paper_numbers, document.maker_code)
    standards = (*own, *document.paper_standards)
    return {
        Text.NAME: _stated(document.name_zh),
        Text.NAME_EN: _stated(document.name_en),
        Text.CODE: _stated(*standards, *document.models, *numbers),
        Text.VALUE: _stated(*document.values, *grades),
        Text.TAG: _stated(
            *document.kind_names, *document.category_names, *document.category_standards, *document.tags
        ),
        Text.MAKER: _stated(
            document.maker, document.brand, document.province_name, document.city, *document.places
        ),
        Text.PINYIN: _stated(document.name_zh, document.brand, *document.values),
        Text.KIND_PINYIN: _stated(*document.kind_names, *document.kind_words, *document.places),
        Text.DESCRIPTION: _stated(document.description),
    }


def filtered(document: ProductDocument) -> Mapping[Field, tuple[str, ...]]:
    """The values of each filter; a kind is also found under each of its ancestors."""
    star = "" if document.star is None else str(document.star)
    return {
        Field.KIND: _stated(*document.kind_path, document.kind),
        Field.PROVINCE: _stated(document.province),
        Field.STATUS: (document.status.value,),
        Field.STAR: _stated(star),
        Field.EVIDENCE: tuple(dict.fromkeys(item.value for item in document.evidence)),
        Field.DATA_KIND: (document.data_kind.value,),
        Field.CATEGORY: _stated(*document.category),
        Field.MAKER: _stated(document.maker),
        Field.MAKER_ID: _stated(document.maker_id),
        Field.PERFORMANCE: _stated(document.performance),
        Field.BODY: _stated(document.body),
        Field.STANDARD: _stated(*document.standards),
        Field.GWP_BASIS: _stated(document.gwp_basis or ""),
        Field.PLANT: _stated(*document.plants),
        Field.GROUP: _stated(document.group),
        Field.REGION: _stated(*document.regions),
        Field.SCHEME: tuple(dict.fromkeys(item.value for item in document.schemes)),
        Field.VERIFICATION: (document.verification.value,) if document.verification else (),
        Field.GWP_STANDARD: _stated(document.gwp_standard),
    }


def _stated(*values: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))
