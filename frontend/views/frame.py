"""What stands around every page: where the reader is and what the data speak for."""

from dataclasses import dataclass
from typing import Self

from frontend.i18n import Lang, other


@dataclass(frozen=True, slots=True)
class Frame:
    """The same on every page of one request; `base` is the public address where it is set."""

    demo: bool = True
    data_as_of: str = ""
    feed_position: str = ""
    version: str = ""
    unread: int = 0
    base: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    section: str
    own_href: str
    other_href: str
    canonical: str
    alternate: str
    default: str

    @classmethod
    def at(cls, lang: Lang, path: str, query: str, base: str = "") -> Self:
        """Addresses of this page in both languages; the canonical ones carry no filters."""
        asked = f"?{query}" if query else ""
        return cls(
            section=path.split("/", 1)[0],
            own_href=f"/{lang}/{path}{asked}",
            other_href=f"/{other(lang)}/{path}{asked}",
            canonical=f"{base}/{lang}/{path}",
            alternate=f"{base}/{other(lang)}/{path}",
            default=f"{base}/zh/{path}",
        )
