"""What a listing tells of one data set, taken from its content when that is recorded."""

import unicodedata
from collections.abc import Iterable
from uuid import UUID

from pydantic import Field

from registry.declarations.dataset import Dataset, Party, Reference, Words
from registry.declarations.facts import DocumentKind
from registry.kit.types import Fact

LANGUAGES = ("zh", "en")  # what we show where nobody asked for a language
EPD = "EPD"


class Named(Fact):
    """Something a listing refers to."""

    uuid: UUID | None = None
    names: Words = Field(default_factory=dict)


class Entry(Fact):
    """One line of a listing, in every language the document has."""

    uuid: UUID
    version: str
    document: DocumentKind
    names: Words
    location: str | None = None
    system: str | None = None
    classes: tuple[str, ...] = ()
    class_id: str | None = None
    subtype: str | None = None
    reference_year: int | None = None
    valid_until: int | None = None
    compliance: tuple[Named, ...] = ()
    sources: tuple[Named, ...] = ()
    owner: Named | None = None
    authority: Named | None = None
    number: str | None = None


def entry_of(dataset: Dataset) -> Entry:
    """The line of a data set that has its identity."""
    if dataset.uuid is None or dataset.version is None:
        raise ValueError("a data set is listed under its identity")
    widest = next(iter(dataset.classifications), None)
    levels = widest.levels if widest else ()
    return Entry(
        uuid=dataset.uuid,
        version=dataset.version,
        document=dataset.document,
        names=dataset.names,
        location=dataset.location,
        system=widest.system if widest else None,
        classes=tuple(one.name for one in levels),
        class_id=levels[-1].id if levels else None,
        subtype=dataset.subtype,
        reference_year=dataset.reference_year,
        valid_until=dataset.valid_to.last_day().year if dataset.valid_to else None,
        compliance=_named(dataset.compliance),
        sources=_named(dataset.background),
        owner=_party(dataset.owner),
        authority=_party(dataset.operator),
        number=dataset.number,
    )


def shown(words: Words, lang: str | None = None) -> str | None:
    """A text in the language asked for, else in ours, else the first there is."""
    wanted = (*((lang,) if lang else ()), *LANGUAGES)
    return next((words[one] for one in wanted if words.get(one)), next(iter(words.values()), None))


def folded(*texts: str | None) -> str:
    """Text as it is looked for: one width, one case, nothing unprintable."""
    text = "\n".join(unicodedata.normalize("NFKC", one).casefold() for one in texts if one)
    return "".join(one for one in text if one.isprintable() or one == "\n")


def every_word(*words: Words) -> str:
    """Every language's text, folded."""
    return folded(*(text for one in words for text in one.values()))


def marked(values: Iterable[object]) -> str:
    """Values between marks, so that one can be looked for as a whole."""
    inside = "|".join(str(value).replace("|", " ") for value in values if value)
    return f"|{inside}|" if inside else ""


def _named(references: tuple[Reference, ...]) -> tuple[Named, ...]:
    return tuple(Named(uuid=one.uuid, names=one.names) for one in references)


def _party(party: Party | None) -> Named | None:
    return None if party is None else Named(uuid=party.uuid, names=party.names)
