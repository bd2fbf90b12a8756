"""Choices in the order a reader looks them up: by their names, Chinese ones by pinyin."""

from collections.abc import Iterable

from search.text import pinyin

Choices = tuple[tuple[str, str], ...]


def by_name(choices: Iterable[tuple[str, str]]) -> Choices:
    """Values and labels; the order of codes says nothing to whoever reads only the labels."""
    return tuple(sorted(choices, key=lambda one: (pinyin.sort_key(one[1]), one[0])))
