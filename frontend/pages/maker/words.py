"""What parts, states, acts and typed texts of an application are called."""

from collections.abc import Mapping

from frontend.pages.check_desk import writable
from frontend.pages.maker.boxes import Form
from frontend.pages.words import Words
from frontend.views.parts import Badge, Tone
from registry.applications.application import Application
from registry.applications.fields import Field, FieldKind, Part
from registry.applications.parts import Subject
from registry.applications.queue import title
from registry.applications.reading import read
from registry.applications.reference import Reference
from registry.applications.states import State
from registry.applications.typed import lines

_TONES = {
    State.RETURNED: Tone.WARN,
    State.PUBLISHED: Tone.GOOD,
    State.REMOVED: Tone.BAD,
}


def part(one: Part, words: Words) -> str:
    return words.say(f"maker.part.{one}")


def subject(one: Subject, words: Words) -> str:
    return words.say(f"maker.subject.{one}")


def state(one: State, words: Words) -> Badge:
    return Badge(words.say(f"maker.state.{one}"), _TONES.get(one, Tone.QUIET))


def name(application: Application, products: Mapping[str, str], words: Words) -> str:
    """What it is called: its product, else the name that was typed, else its subject."""
    about = products.get(application.typed.get("about.product", "").strip())
    return about or writable(title(application.typed)) or subject(application.subject, words)


def product_names(known: Reference, words: Words) -> dict[str, str]:
    """The registered products that an application names."""
    return {code: words.name(fact) for code, fact in known.products.items()}


def shown(form: Form, path: str, asked: Field) -> tuple[str, str]:
    """A text as it was typed or chosen, and what it was read as where that looks otherwise."""
    text = writable(form.typed.get(path, ""))
    known = dict(form.offers.chosen_from(asked)) | dict(form.offers.suggested(asked)[1])
    if asked.kind is FieldKind.UNIT:
        known = {}
    listed = [known.get(one, one) for one in lines(text)] if known else []
    if asked.kind is FieldKind.YES_NO:
        value = read(asked, text).value
        return (known[str(value).lower()] if isinstance(value, bool) else text), ""
    if listed:
        return form.offers.words.listed(listed), ""
    return text.strip(), read_as(asked, text, form.offers.words)


def read_as(asked: Field, text: str, words: Words) -> str:
    """What a text that is no plain number, day or unit was read as; empty where it stands as it is."""
    value = read(asked, text).value
    match asked.kind:
        case FieldKind.NUMBER | FieldKind.WHOLE if value is not None:
            plain = str(value)
            return "" if plain == text.strip() else words.say("maker.read-as", value=value)
        case FieldKind.DAY if value is not None:
            return "" if str(value) == text.strip() else words.say("maker.read-as", value=value)
        case FieldKind.UNIT if isinstance(value, str) and words.unit(value) != text.strip():
            return words.say("maker.read-as", value=words.unit(value))
        case _:
            return ""
