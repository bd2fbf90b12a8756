"""Tokens and spellings of a text, slowly and unit by unit."""

from search.text.analyze import units

LONGEST = 64


def main_tokens(text: str) -> list[str]:
    """Every pair of a Chinese run and its last character; everything else as it stands."""
    found: list[str] = []
    for unit in units(text):
        if unit.is_cjk:
            found += [unit.text[at : at + 2] for at in range(len(unit.text) - 1)] + [unit.text[-1]]
        else:
            found.append(unit.text)
    return found


def parts(token: str) -> list[str]:
    """Runs of letters and figures, the point within figures among them."""
    found: list[str] = []
    before = ""
    for at, sign in enumerate(token):
        kind = "letters" if sign.isalpha() else "figures" if sign.isdecimal() else ""
        if sign == "." and before == "figures" and token[at + 1 : at + 2].isdecimal():
            kind = "figures"
        if kind and kind == before:
            found[-1] += sign
        elif kind:
            found.append(sign)
        before = kind
    return found


def spellings(text: str) -> list[tuple[str, ...]]:
    """Units in their parts; letters that signs join, written together, with the number behind them."""
    found: list[tuple[str, ...]] = []
    joined: list[str] = []
    for unit in units(text):
        own = [] if unit.is_cjk else parts(unit.text)
        if len(own) > 1:
            found.append(tuple(own))
        goes_on = unit.is_joined and bool(own) and own[0].isalpha()
        if joined and not goes_on:
            behind = own if own and own[0][0].isdecimal() else []
            if len(joined) > 1:
                found.append(("".join(joined), *behind))
            joined = []
        if own and own[-1].isalpha():
            joined = [*joined, own[-1]] if goes_on and len(own) == 1 else [own[-1]]
    if len(joined) > 1:
        found.append(("".join(joined),))
    return list(dict.fromkeys(found))
