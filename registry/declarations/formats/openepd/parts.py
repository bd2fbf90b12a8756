"""The parts of an openEPD document in both directions: organisations, plants, references, days, masses."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from registry.declarations.dataset import DeclaredUnit, Party, Plant, Property, Reference, Words
from registry.declarations.facts import PartialDay, Precision
from registry.declarations.formats.masses import mass_of, stated_mass
from registry.declarations.formats.pointing import Node

LONGEST_NAME = 200
WHOLE_CARBON = "carbon-per-declared-unit"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,60}[A-Za-z0-9])?"
_URL = re.compile(rf"https?://(?!xn--)(?:{_LABEL}\.)+[A-Za-z]{{2,24}}(?:/[!-~]*)?")
_PLUS_CODE = re.compile(r"[2-9C][2-9CFGHJMPQRV][2-9CFGHJMPQRVWX]{6}\+(?:[2-9CFGHJMPQRVWX]{2,7})?")
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z]{{2,24}}")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ].*)?)?)?")
_CODE = "0123456789ABCDEFGHJKMNPQRSTUWXYZ"  # of an open-xpd-uuid


def words_in(text: str | None, language: str | None) -> Words:
    return {} if text is None else {language or "": text}


def best(words: Words) -> str | None:
    """The one text a format with room for one gets: without language, else English, Chinese, the first."""
    return next((words[one] for one in ("", "en", "zh") if one in words), next(iter(words.values()), None))


def party(node: Node) -> Party | None:
    """An organisation by name, web domain and other numbers; None where none of them is there."""
    ids = {"web_domain": node.at("web_domain").text(), **numbers(node.at("alt_ids"))}
    stated = {scheme: value for scheme, value in ids.items() if value}
    name = node.at("name").text()
    return Party(names=words_in(name, None), ids=stated) if name or stated else None


def party_written(one: Party) -> dict[str, Any]:
    others = {scheme: value for scheme, value in one.ids.items() if scheme != "web_domain" and scheme}
    return stated(
        name=shortened(best(one.names)), web_domain=one.ids.get("web_domain"), alt_ids=others or None
    )


def numbers(node: Node) -> dict[str, str]:
    return {key: value for key, inside in node.members() if (value := inside.text()) and key.strip() == key}


def plant(node: Node) -> Plant | None:
    """A place of production; one without a name goes by its number."""
    identity, name = node.at("id").text(), node.at("name").text()
    ids = {"openepd": identity, "olc": node.at("pluscode").text(), **numbers(node.at("alt_ids"))}
    if not name and not identity:
        return None
    return Plant(
        name=name or identity or "",
        location=node.at("location", "country").text(),
        address=node.at("location", "address").text(),
        ids={scheme: value for scheme, value in ids.items() if value},
    )


def plant_written(one: Plant) -> dict[str, Any]:
    identity = one.ids.get("openepd", "")
    code, _, domain = identity.partition(".")
    valid = _PLUS_CODE.fullmatch(code) is not None and _DOMAIN.fullmatch(domain) is not None
    others = {scheme: value for scheme, value in one.ids.items() if scheme not in ("openepd", "olc", "")}
    return stated(
        id=identity if valid else None,
        name=None if valid and one.name == identity else shortened(one.name),
        pluscode=one.ids.get("olc"),
        alt_ids=others or None,
        location=stated(country=one.location, address=one.address) or None,
    )


def rules(node: Node) -> Reference | None:
    """A PCR, a standard or a database: what it is called, its edition, and where it lies."""
    name = (
        _first(node, "short_name", "name")
        if node.at("link").value is not None
        else _first(node, "name", "short_name")
    )
    uri = _first(node, "doc", "link", "ref")
    version = node.at("version").text()
    if name is None and uri is None:
        return None
    return Reference(names=words_in(name, None), version=version, uri=uri)


def day(node: Node) -> PartialDay | None:
    """A date as written: its time of day and zone do not move it."""
    text = node.value.strip() if isinstance(node.value, str) else ""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, of_month = match.groups()
    try:
        first = date(int(year), int(month or 1), int(of_month or 1))
    except ValueError:
        return None
    node.done()
    precision = Precision.DAY if of_month else Precision.MONTH if month else Precision.YEAR
    return PartialDay(day=first, precision=precision)


def day_written(day_of: date) -> str:
    return f"{day_of.isoformat()}T00:00:00Z"


def mass(node: Node, declared: DeclaredUnit) -> Property | None:
    number, unit = node.at("qty").number(), node.at("unit").text()
    return None if number is None else mass_of(number, unit or "", declared)


def mass_written(properties: tuple[Property, ...], declared: DeclaredUnit) -> dict[str, Any] | None:
    found = stated_mass(properties, declared)
    return None if found is None else amount_written(*found)


def amount_written(number: Decimal, unit: str | None) -> dict[str, Any] | None:
    return None if number < 0 else stated(qty=number, unit=unit or None)


def is_open_xpd_uuid(text: str) -> bool:
    """Eight signs of the code, with or without two signs that check them (open-xpd-uuid-lib, MIT)."""
    plain = text.replace("-", "").upper().replace("I", "1").replace("L", "1").replace("O", "0")
    if len(plain) not in (8, 10) or any(sign not in _CODE for sign in plain):
        return False
    places = [_CODE.index(sign) for sign in plain]
    total = 403 + sum(32 * places[i] + places[i + 1] for i in (0, 2, 4, 6))
    return len(plain) == 8 or [total % 1024 // 32, total % 32] == places[8:]


def is_url(text: str | None) -> bool:
    return text is not None and _URL.fullmatch(text) is not None


def shortened(text: str | None, longest: int = LONGEST_NAME) -> str | None:
    return None if text is None else text[:longest].strip()


def stated(**fields: Any) -> dict[str, Any]:
    """Only what there is: openEPD leaves out what is not stated."""
    return {name: value for name, value in fields.items() if value is not None}


def _first(node: Node, *keys: str) -> str | None:
    """The first text there; the others stay unread and are told."""
    return next((text for key in keys if (text := node.at(key).text())), None)
