"""A page as a reader has it: its words, its links and its tick boxes with their counts."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
UNSEEN = frozenset(("script", "style", "svg", "head"))


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag with its attributes and all text below it."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    inside: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def below(self, *tags: str) -> list["Element"]:
        return [one for one in self.inside if one.tag in tags]


class Page(HTMLParser):
    """The elements of one document in their order; a tag closed twice or never is an error."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.inside: list[Element] = []
        self._open: list[Element] = []
        self.feed(source)
        self.close()
        assert not self._open, f"never closed: {self._open[-1].tag}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = self._met(tag, attrs)
        if tag not in VOID:
            self._open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._met(tag, attrs)

    def _met(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        found = Element(tag, {name: value or "" for name, value in attrs})
        self.inside.append(found)
        for one in self._open:
            one.inside.append(found)
        return found

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"closed without being open: {tag}"
        assert self._open.pop().tag == tag, f"crossed: {tag}"

    def handle_data(self, data: str) -> None:
        if not any(one.tag in UNSEEN for one in self._open):
            for one in self._open:
                one.pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements with a tag, each attribute holding the given words."""
        return [
            one
            for one in self.inside
            if one.tag == tag
            and all(
                set(value.split()) <= set(one.attributes.get(name.strip("_"), "").split())
                for name, value in attributes.items()
            )
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag}> {attributes}"
        return found[0]

    @property
    def words(self) -> str:
        return self.one("main").text

    @property
    def title(self) -> str:
        return self.one("h1").text

    @property
    def facts(self) -> dict[str, list[str]]:
        """Every labelled fact of the page; a label may stand more than once."""
        found: dict[str, list[str]] = {}
        for listed in self.all("dl"):
            for label, value in zip(listed.below("dt"), listed.below("dd"), strict=True):
                found.setdefault(label.text, []).append(value.text)
        return found

    @property
    def links(self) -> list[str]:
        return [one.attributes["href"] for one in self.all("a") if "href" in one.attributes]

    def counts(self, name: str) -> dict[str, int]:
        """How many each option of a filter says it would find."""
        found = {}
        for label in self.all("label", class_="tick"):
            box = self.inside[self.inside.index(label) + 1]
            if box.attributes.get("name") == name:
                found[box.attributes["value"]] = int(label.text.split()[-1].replace(",", ""))
        for option in (one for listed in self.all("select", name=name) for one in listed.below("option")):
            if counted := re.search(r"[（(]([\d,]+)[）)]$", option.text):
                found[option.attributes["value"]] = int(counted[1].replace(",", ""))
        return found

    @property
    def cards(self) -> list[str]:
        """The registry numbers of the listed products, in their order."""
        return [one.attributes["value"] for one in self.all("input", name="id", type="checkbox")]

    @property
    def total(self) -> int:
        found = re.match(r"[\d,]+", self.one("h2", id="found").text)
        assert found is not None
        return int(found[0].replace(",", ""))
