"""What a form asks, described for machines: every field with its name, its kind and when it is needed."""

from pydantic import BaseModel

from registry.applications.fields import Field, FieldKind, Part, Section, When, hint_key, label_key
from registry.applications.parts import ASKED, SECTIONS, Subject
from registry.kit.messages import catalogue, say


class FieldOut(BaseModel):
    """One field; `rows` names the table it is a column of, `required` may depend on another field."""

    path: str
    kind: FieldKind
    label: str
    hint: str | None
    required: bool
    required_when: dict[str, list[str]] | None
    options: list[str]
    unit: str | None


class FormOut(BaseModel):
    """What an application of a subject asks: parts it must and may have, and every field."""

    subject: Subject
    must: list[Part]
    may: list[Part]
    fields: list[FieldOut]

    @classmethod
    def of(cls, subject: Subject, lang: str) -> "FormOut":
        asked = ASKED[subject]
        fields = [field for part in asked.parts for field in _fields(SECTIONS[part], lang)]
        return cls(subject=subject, must=list(asked.must), may=list(asked.may), fields=fields)


def _fields(section: Section, lang: str) -> list[FieldOut]:
    """Columns of a table stand under row N."""
    described: list[tuple[str, Field]] = [(f"{section.part}.{field.name}", field) for field in section.fields]
    if section.rows is not None:
        described += [
            (f"{section.part}.{section.rows.name}.N.{field.name}", field) for field in section.rows.fields
        ]
    return [
        FieldOut(
            path=path,
            kind=field.kind,
            label=say(label_key(path.replace(".N.", ".")), lang),
            hint=_hint(path.replace(".N.", "."), lang),
            required=field.required is True,
            required_when=(
                {field.required.field: list(field.required.values)}
                if isinstance(field.required, When)
                else None
            ),
            options=list(field.options),
            unit=field.unit,
        )
        for path, field in described
    ]


def _hint(path: str, lang: str) -> str | None:
    key = hint_key(path)
    return say(key, lang) if key in catalogue(lang) else None
