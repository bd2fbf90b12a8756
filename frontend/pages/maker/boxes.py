"""From the fields of a part to what stands on its form: labels, texts as typed, faults, hints and reasons."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from frontend.pages.check_desk import writable
from frontend.pages.finding_words import finding_said
from frontend.pages.maker.desk import Opened
from frontend.pages.maker.offers import Offers, options
from frontend.views.maker import Box, Row, Rows, Suggestions
from frontend.views.parts import Option
from registry.applications.fields import Field, FieldKind, Part, When, hint_key, label_key
from registry.applications.findings import Severity
from registry.applications.parts import SECTIONS
from registry.applications.reading import read
from registry.applications.typed import attribute_names, lines, row_numbers
from registry.applications.values import attribute_field
from registry.declarations.facts import MODULES
from registry.kit.messages import Spoken, catalogue

_LONG = 400
_ATTRIBUTE = "product.attributes."
_MODULE = "carbon.modules."
_NUMBERS = (FieldKind.NUMBER, FieldKind.WHOLE)
_TICKED = (FieldKind.CHOICES, FieldKind.PLANTS)


@dataclass(frozen=True, slots=True)
class Form:
    """Makes the boxes of one part; `faults` is set once somebody tried to go on."""

    opened: Opened
    offers: Offers
    part: Part
    faults: bool
    typed: Mapping[str, str]

    def said(self, path: str, severity: Severity) -> str:
        """What the check found at a path; faults wait until somebody tried to go on."""
        if severity is Severity.ERROR and not self.faults:
            return ""
        words = self.offers.words
        found = [
            finding_said(words, one.key, self.facts(one.facts))
            for one in self.opened.outcome.findings
            if one.path == path and one.severity is severity
        ]
        return words.joined(*found)

    def facts(self, facts: Mapping[str, str]) -> dict[str, str]:
        """Codes of roles among a finding's facts, in words."""
        said = {
            name: value if isinstance(value, Spoken) else writable(value) for name, value in facts.items()
        }
        if "role" in said:
            said["role"] = self.offers.words.say(f"role.{said['role']}")
        return said

    def box(self, path: str, asked: Field) -> Box:
        words, text = self.offers.words, writable(self.typed.get(path, ""))
        choices, (list_id, _) = self.offers.chosen_from(asked), self.offers.suggested(asked)
        ticked = asked.kind in _TICKED and bool(choices)
        if asked.kind is FieldKind.YES_NO and isinstance(read(asked, text).value, bool):
            text = str(read(asked, text).value).lower()
        return Box(
            name=path,
            label=self.label(path),
            kind=_kind(asked, text, closed=bool(choices)),
            value=_untold(text, choices) if ticked else text,
            hint=self.hint(path, asked, closed=bool(choices)),
            error=self.said(path, Severity.ERROR),
            warning=self.said(path, Severity.WARNING),
            reason=self.opened.reason(path),
            options=_ticks(choices, text) if ticked else options(choices, text, words.say("maker.choose")),
            suggested=list_id,
            input_mode="decimal" if asked.kind in _NUMBERS else "",
            required=asked.required is True or self._is_needed(path, asked),
            marked=not path.startswith(_MODULE),
            others=ticked and (asked.kind is FieldKind.PLANTS or bool(_untold(text, choices))),
        )

    def label(self, path: str) -> str:
        words = self.offers.words
        if path.startswith(_ATTRIBUTE):
            spec = self.offers.specs.get(path.removeprefix(_ATTRIBUTE))
            if spec is None:
                return path.removeprefix(_ATTRIBUTE)
            unit = words.measure(spec.unit) if spec.unit else ""
            label = words.pick(spec.label_zh, spec.label_en)
            return words.say("maker.with-unit", label=label, unit=unit) if unit else label
        if path.startswith(_MODULE):
            module = path.removeprefix(_MODULE)
            stage = words.say(f"stage.{module}")
            return words.say("maker.module", module=module.replace("-", "–"), stage=stage)
        return words.say(label_key(path))

    def named(self, path: str) -> str:
        """The label with the row it stands in, where it stands in one."""
        numbers = [int(piece) for piece in path.split(".") if piece.isdecimal()]
        rows = row_numbers(self.typed, self.part)
        if not numbers or numbers[0] not in rows:
            return self.label(path)
        row = rows.index(numbers[0]) + 1
        return self.offers.words.say("maker.in-row", row=row, label=self.label(path))

    def hint(self, path: str, asked: Field, *, closed: bool) -> str:
        """The field's own words, else how its kind is typed; a list to choose from needs none."""
        known, words = catalogue(self.offers.words.lang), self.offers.words
        if asked.kind is FieldKind.PLANTS and closed:
            return words.say("maker.hint.plants")
        keys = (hint_key(path), *([] if closed else [f"maker.hint.{asked.kind}"]))
        return next((words.say(key) for key in keys if key in known), "")

    def _is_needed(self, path: str, asked: Field) -> bool:
        if not isinstance(asked.required, When):
            return False
        other = self.typed.get(f"{path.rpartition('.')[0]}.{asked.required.field}", "")
        return other.strip() in asked.required.values

    def fields(self) -> Iterator[tuple[str, Field]]:
        """The part's own fields, and the attributes of the material kind; rows apart."""
        section = SECTIONS[self.part]
        yield from ((f"{self.part}.{field.name}", field) for field in section.fields)
        if section.attributes:
            specs = self.offers.specs
            for name in dict.fromkeys((*specs, *attribute_names(self.typed))):
                spec = specs.get(name)
                yield f"{_ATTRIBUTE}{name}", attribute_field(spec) if spec else Field(f"attributes.{name}")

    def boxes(self) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """The boxes that may be edited: single ones, and those that stand together under one heading."""
        plain: list[Box] = []
        grouped: list[Box] = []
        for path, asked in self.fields():
            if self.opened.application.is_open(path):
                together = path.startswith((_ATTRIBUTE, _MODULE))
                (grouped if together else plain).append(self.box(path, asked))
        return tuple(plain), tuple(_in_reading_order(grouped))

    def rows(self, more: int) -> Rows | None:
        """The part's table with `more` empty rows, or with one where it has none."""
        table = SECTIONS[self.part].rows
        if table is None:
            return None
        words, name = self.offers.words, f"{self.part}.{table.name}"
        known = row_numbers(self.typed, self.part)
        may_add = self.opened.application.is_open(name) and len(known) < table.most
        fresh = _next_numbers(known, max(more, 0 if known else 1), table.most) if may_add else ()
        shown = [
            Row(
                number=number,
                legend=words.say("maker.row", number=place),
                boxes=self._row(f"{name}.{number}", table.fields),
                removable=number in known and self.opened.application.is_open(f"{name}.{number}"),
            )
            for place, number in enumerate((*known, *fresh), 1)
        ]
        shown = [row for row in shown if row.boxes]
        if not shown:
            return None
        error, add = self.said(name, Severity.ERROR), words.say("maker.add-row") if may_add else ""
        return Rows(name, words.say(label_key(name)), error, tuple(shown), add)

    def _row(self, prefix: str, fields: Iterable[Field]) -> tuple[Box, ...]:
        named = ((f"{prefix}.{field.name}", field) for field in fields)
        return tuple(self.box(path, field) for path, field in named if self.opened.application.is_open(path))

    def suggestions(self) -> tuple[Suggestions, ...]:
        """The lists that the fields of this part are typed from."""
        section = SECTIONS[self.part]
        fields = (*section.fields, *(section.rows.fields if section.rows else ()))
        found = dict(self.offers.suggested(field) for field in fields)
        return tuple(
            Suggestions(name, tuple(Option(value, label) for value, label in choices))
            for name, choices in found.items()
            if name
        )


def _kind(asked: Field, text: str, *, closed: bool) -> str:
    if closed:
        return "ticks" if asked.kind in _TICKED else "select"
    several = asked.kind in (FieldKind.LINES, *_TICKED) or asked.longest > _LONG
    # A single-line input would swallow the line breaks that came over the interface.
    return "textarea" if several or "\n" in text else "text"


def _ticks(choices: Iterable[tuple[str, str]], text: str) -> tuple[Option, ...]:
    chosen = set(lines(text))
    return tuple(Option(value, label, value in chosen) for value, label in choices)


def _untold(text: str, choices: Iterable[tuple[str, str]]) -> str:
    """The items that are none of the ticks: plants of somebody else, and what could not be read."""
    known = {value for value, _ in choices}
    return "\n".join(one for one in lines(text) if one not in known)


def _in_reading_order(boxes: list[Box]) -> list[Box]:
    """The sum that most documents state comes before its parts."""
    order = {
        f"{_MODULE}{one}": place for place, one in enumerate(sorted(MODULES, key=lambda m: m != "A1-A3"))
    }
    return sorted(boxes, key=lambda box: order.get(box.name, 0))


def _next_numbers(known: list[int], count: int, most: int) -> tuple[int, ...]:
    """Numbers for empty rows: after the last one, else those that fell free."""
    free = list(range((known or [0])[-1] + 1, most + 1)) or [
        one for one in range(1, most + 1) if one not in known
    ]
    return tuple(free[:count])
