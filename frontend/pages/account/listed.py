"""A row of a product list in words: what is wrong or doubtful about it, and what it says."""

from collections.abc import Mapping

from catalogue.bulk import service
from catalogue.bulk.columns import ATTRIBUTE, FIELDS, attribute_label, field_label
from catalogue.bulk.progress import Progress
from frontend.pages.words import Words
from registry.applications.fields import Part
from registry.applications.findings import Finding
from registry.applications.list_row import Verdict
from registry.applications.models import ListedProductRow
from registry.applications.typed import Typed, lines, loaded
from registry.categories.facts import MaterialKindFact

_PRODUCT = f"{Part.PRODUCT}."
_IN_HEADING = frozenset({"name_zh"})


def told(row: ListedProductRow, kinds: Mapping[str, MaterialKindFact], words: Words) -> tuple[str, ...]:
    """Each finding's sentence behind the name of its field."""
    kind = kinds.get(loaded(row.typed).get("product.kind", ""))
    return tuple(_sentence(one, kind, words) for one in service.findings_of(row))


def verdict(row: ListedProductRow, words: Words) -> str:
    return words.say(f"bulk.verdict.{row.verdict or 'open'}")


def summary(typed: Typed, kinds: Mapping[str, MaterialKindFact], words: Words) -> str:
    """Everything else that a row says, field by field in the order of the form."""
    kind = kinds.get(typed.get("product.kind", ""))
    names = [field.name for field in FIELDS if field.name not in _IN_HEADING]
    names += sorted({path.removeprefix(_PRODUCT) for path in typed} - {field.name for field in FIELDS})
    stated = ((name, typed.get(f"{_PRODUCT}{name}", "")) for name in names)
    return " · ".join(
        words.say("bulk.field", field=_label(name, kind, words), value=_value(name, text, kind, words))
        for name, text in stated
        if text
    )


def counts(known: Progress, words: Words) -> str:
    numbers = {str(one): known.counts.get(one, 0) for one in (Verdict.WARNING, Verdict.ERROR)}
    return words.say("bulk.counts", sound=known.sound, **numbers)


def _sentence(one: Finding, kind: MaterialKindFact | None, words: Words) -> str:
    label = _label(one.path.removeprefix(_PRODUCT), kind, words)
    return words.say("bulk.field", field=label, value=words.say(one.key, **one.facts))


def _label(name: str, kind: MaterialKindFact | None, words: Words) -> str:
    """A field's heading, an attribute's name in its kind, or the code where there is none."""
    if name.startswith(ATTRIBUTE):
        bare = name.removeprefix(ATTRIBUTE)
        specs = (one for one in (kind.attributes if kind else ()) if one.name == bare)
        return next((attribute_label(one, words.lang) for one in specs), bare)
    known = {field.name for field in FIELDS}
    return field_label(name, words.lang) if name in known else name


def _value(name: str, text: str, kind: MaterialKindFact | None, words: Words) -> str:
    return words.name(kind) if name == "kind" and kind else words.listed(lines(text))
