"""What every command shares: the configured settings, and refusals as sentences instead of traces."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape

from registry.kit.errors import DomainError
from registry.kit.messages import LANGUAGES, say
from registry.kit.settings import Settings, SettingsRefused, load

console = Console(stderr=True)


def configured() -> Settings:
    """The settings of the environment; what is wrong with them is said, with status 2."""
    try:
        return load()
    except SettingsRefused as error:
        console.print(f"[bold red]{error}[/]")
        raise typer.Exit(2) from error


@contextmanager
def refusals_said() -> Iterator[None]:
    """An expected refusal is a sentence in both languages and status 2, not a trace."""
    try:
        yield
    except DomainError as error:
        for lang in LANGUAGES:
            console.print(f"[bold red]{escape(say(error.key, lang, error.facts))}[/]")
        raise typer.Exit(2) from error
