"""A visitor who acts by visible names only and counts every action as a step."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

DESK, PHONE = 1280, 390
HEIGHT = 900


def _visits(*usual: str) -> list[Any]:
    """Language, width and whether scripts run; what is not usual is the long matrix."""
    named = {
        f"{lang}-{width}-{'scripts' if scripts else 'no-scripts'}": (lang, width, scripts)
        for lang in ("zh", "en")
        for width in (DESK, PHONE)
        for scripts in (True, False)
    }
    return [
        pytest.param(*values, id=name, marks=[] if name.startswith(usual) else [pytest.mark.full])
        for name, values in named.items()
    ]


everywhere = pytest.mark.parametrize(("lang", "width", "scripts"), _visits("zh", "en-390-scripts"))
# For a long task.
twice = pytest.mark.parametrize(("lang", "width", "scripts"), _visits("zh-1280-scripts", "zh-390-no-scripts"))


class TooManySteps(AssertionError):
    """The task took more steps than its bar allows."""


class Visitor:
    """One task in one tab; a step is one click, one choice, or one field filled and submitted."""

    def __init__(self, page: Any, site: str, *, most: int, scripts: bool) -> None:
        self.page, self.site, self.most, self.scripts = page, site, most, scripts
        self.steps: list[str] = []

    def starts(self, path: str) -> None:
        """Where the task begins; no step."""
        self.page.goto(self.site + path)

    def follows(self, name: str) -> None:
        """A link; where several carry the name, the first that is seen."""
        self._step(f"link {name}")
        self._leaves(self._seen(self.page.get_by_role("link", name=name, exact=True)))

    def presses(self, name: str) -> None:
        self._step(f"button {name}")
        self._leaves(self._seen(self.page.get_by_role("button", name=name, exact=True)))

    def sends(self, name: str) -> None:
        """A button whose answer stands at the same address."""
        self._step(f"button {name}")
        with self.page.expect_navigation():
            self._seen(self.page.get_by_role("button", name=name, exact=True)).click()

    def fills(self, label: str, text: str) -> None:
        """A field filled and sent with the Enter key."""
        self._step(f"field {label}")
        field = self._seen(self.page.get_by_label(label, exact=True))
        field.fill(text)
        before = self.page.url
        field.press("Enter")
        self.page.wait_for_url(lambda url: url != before)

    def types(self, label: str, text: str) -> None:
        """A field filled and not sent yet."""
        self._step(f"type {label}")
        self._seen(self.page.get_by_label(label, exact=True)).fill(text)

    def unfolds(self, name: str) -> None:
        """A folded part, named with or without the number of choices in force."""
        self._step(f"fold {name}")
        self._seen(self.page.get_by_text(re.compile(rf"^{re.escape(name)}(\s*[（(]\d+[)）])?$"))).click()

    def chooses(self, label: str) -> None:
        """A filter with its count beside it; with scripts the results follow at once."""
        self._step(f"filter {label}")
        named = re.compile(rf"^{re.escape(label)}\s*[\d,]+$")
        ticks, circles = (self.page.get_by_role(role, name=named) for role in ("checkbox", "radio"))
        box = self._seen(ticks.or_(circles))
        if self.scripts:
            self._leaves(box)
        else:
            box.check()

    def ticks(self, label: str) -> None:
        """A box that changes nothing until a button is pressed."""
        self._step(f"tick {label}")
        self._seen(self.page.get_by_role("checkbox", name=label, exact=True)).check()

    def attaches(self, label: str, file: Path) -> None:
        self._step(f"file {label}")
        self.page.get_by_label(label).set_input_files(file)

    def selects(self, label: str, value: str) -> None:
        self._step(f"select {label}")
        self.page.get_by_label(label).select_option(value)

    def settles_every_line(self) -> int:
        """The first choice offered for each line that has none yet; each allows one step more."""
        lines = [
            group.query_selector_all("role=radio") for group in self.page.query_selector_all("role=group")
        ]
        left = [choices for choices in lines if choices and not any(one.is_checked() for one in choices)]
        self.most += len(left)
        for place, choices in enumerate(left, 1):
            self._step(f"line {place}")
            choices[0].check()
        return len(left)

    def takes_another(self, row: str) -> None:
        """The first choice of a line that was not made before."""
        self._step(f"line {row}")
        choices = self.page.get_by_role("group").filter(has_text=row).first.get_by_role("radio").all()
        next(one for one in choices if not one.is_checked()).check()

    def sees(self, name: str) -> bool:
        """Whether a button of this name stands on the page."""
        button = self.page.get_by_role("button", name=name, exact=True)
        return bool(button.filter(visible=True).count())

    @property
    def path(self) -> str:
        return urlsplit(str(self.page.url)).path

    @property
    def heading(self) -> str:
        """The first words of the page."""
        return str(self.page.get_by_role("heading", level=1).inner_text())

    def _seen(self, found: Any) -> Any:
        return found.filter(visible=True).first

    def _leaves(self, found: Any) -> None:
        before = self.page.url
        found.click()
        self.page.wait_for_url(lambda url: url != before)

    def _step(self, what: str) -> None:
        self.steps.append(what)
        if len(self.steps) > self.most:
            raise TooManySteps(f"{len(self.steps)} steps, {self.most} allowed: {', '.join(self.steps)}")
