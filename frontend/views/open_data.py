"""How to take the whole register away, and how to prove that it is whole."""

from dataclasses import dataclass

from frontend.views.help import ApiExample
from frontend.views.parts import Link


@dataclass(frozen=True, slots=True)
class OpenDataView:
    """`head` and `digest` name the newest record of the feed; `script` checks a page of it."""

    ways: tuple[tuple[Link, str], ...]
    follow: tuple[ApiExample, ...]
    head: str
    digest: str
    script: str
    demonstration: bool
