"""The parts declarations are drawn from: texts in any script, organisations, units, amounts, days.

Strategies are kept: making one anew for every draw costs more than drawing from it.
"""

from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from registry.declarations.dataset import (
    Classification,
    Component,
    DeclaredUnit,
    Level,
    Party,
    Plant,
    Property,
    Reference,
)
from registry.declarations.facts import PartialDay, Precision
from registry.units.convert import TIES

# Amounts as documents write them: 1000 kg, 95.6 kg, 1 t, and a declared unit no table knows.
DECLARED = (
    ("1", "m3"), ("1000", "kg"), ("1", "t"), ("95.6", "kg"), ("1", "m2"), ("10", "m2"), ("1", "piece"),
    ("2.5", "m"), ("1", "kWh"), ("1", "set"), ("100", "ft2"), ("1", None),
)  # fmt: skip
_ORGANISATIONS = ("示例企业 {}（虚构）有限公司", "示例核查机构 {}（虚构）", "Invented Institute {} Ltd")
_PLUS_CODE = "23456789CFGHJMPQRVWX"
_TEXTS = (
    "绿色混凝土 C30（示例）", "a", "ß & <b>bold</b>", 'Ж — "quoted"', "示例'砖'，100 % 回收。", "é€³²µ",
    "]]>", "100% recycling", "Transport to site A; B", "示例 厂（虚构）", "x > y < z", "{} []",
    "运输 50 km", "Ünïcode Ångström",
)  # fmt: skip

days = st.dates(date(1995, 1, 1), date(2099, 12, 31))
years = st.integers(1995, 2099)


@cache
def texts(longest: int = 30) -> st.SearchStrategy[str]:
    """A line in any script, no blanks around it; markup characters and Chinese among them.

    Put together from few draws: a dataset has dozens of texts, and drawing letter by letter takes a minute
    for every hundred of them.
    """
    return st.builds(
        lambda text, n: f"{text[: longest - 4]}{n}", st.sampled_from(_TEXTS), st.integers(0, 999)
    )


@cache
def digits(least: int, most: int) -> st.SearchStrategy[str]:
    """A number of somebody's scheme."""
    return st.integers(10 ** (least - 1), 10**most - 1).map(str)


@cache
def words(least: int = 0, longest: int = 30) -> st.SearchStrategy[dict[str, str]]:
    """The same sentence in some languages."""
    found = st.dictionaries(
        st.sampled_from(["zh", "en", "de", "da"]), texts(longest), min_size=least, max_size=3
    )
    return found if least else st.one_of(found, st.builds(lambda text: {"": text}, texts(longest)))


@cache
def amounts(lowest: int = -(10**9), highest: int = 10**9, places: int = 9) -> st.SearchStrategy[Decimal]:
    """Numbers of a results table: negative, zero and tiny ones included."""
    scaled = st.integers(lowest * 10**places, highest * 10**places)
    return scaled.map(lambda number: Decimal(number).scaleb(-places))


@cache
def above_zero() -> st.SearchStrategy[Decimal]:
    return amounts(0, 10**5, 3).filter(bool)


@cache
def partial_days() -> st.SearchStrategy[PartialDay]:
    """The first day of the stated period, as `PartialDay` holds it."""

    def made(day: date, precision: Precision) -> PartialDay:
        month = 1 if precision is Precision.YEAR else day.month
        return PartialDay(
            day=day if precision is Precision.DAY else date(day.year, month, 1), precision=precision
        )

    return st.builds(made, days, st.sampled_from(Precision))


@cache
def references() -> st.SearchStrategy[Reference]:
    return st.builds(
        Reference,
        names=words(1),
        uuid=st.none() | st.uuids(),
        version=st.none() | versions(),
        uri=st.none() | st.integers(1, 99).map(lambda n: f"https://example.org/documents/{n}?lang=zh&page=2"),
    )


@cache
def versions() -> st.SearchStrategy[str]:
    """As ILCD writes them: NN.NN.NNN."""
    number = st.integers(0, 99)
    return st.builds(lambda a, b, c: f"{a:02}.{b:02}.{c:03}", number, number, st.integers(0, 999))


@cache
def parties() -> st.SearchStrategy[Party]:
    """Organisations whose names say that they are one."""
    name = st.builds(lambda form, n: form.format(n), st.sampled_from(_ORGANISATIONS), st.integers(1, 999))
    ids = st.dictionaries(st.sampled_from(["uscc", "web_domain", "lei"]), digits(6, 18))
    return st.builds(
        Party,
        names=st.builds(lambda lang, text: {lang: text}, st.sampled_from(["zh", "en", "de"]), name),
        uuid=st.none() | st.uuids(),
        ids=ids,
    )


@cache
def plants() -> st.SearchStrategy[Plant]:
    code = st.builds(
        lambda head, tail: f"8F{head}+{tail}",
        st.text(_PLUS_CODE, min_size=6, max_size=6),
        st.text(_PLUS_CODE, min_size=2, max_size=3),
    )
    ids = st.fixed_dictionaries({}, optional={"olc": code, "gln": digits(13, 13)})
    return st.builds(
        Plant,
        name=texts(),
        location=st.none() | st.sampled_from(["CN", "CN-SC", "DE"]),
        address=st.none() | texts(),
        ids=ids,
    )


@cache
def classifications() -> st.SearchStrategy[Classification]:
    level = st.builds(Level, id=st.none() | st.sampled_from(["2", "2.26", "2.26.01"]), name=texts())
    return st.builds(
        Classification, system=texts(), levels=st.lists(level, min_size=1, max_size=4).map(tuple)
    )


@cache
def properties() -> st.SearchStrategy[Property]:
    """Facts that tie units together, in the unit of their kind, and one with a name of its own."""
    known = [(kind.value, tie.symbol) for kind, tie in TIES.items()]
    return st.builds(
        lambda kind, value: Property(kind=kind[0], value=value, unit=kind[1]),
        st.sampled_from([*known, ("fire load", "MJ/m²")]),
        above_zero(),
    )


@st.composite
def components(draw: st.DrawFn) -> Component:
    share = st.none() | amounts(0, 100, 3)
    figure, low, high = draw(share), None, None
    if figure is None:
        low, high = draw(share), draw(share)
    cas = draw(st.none() | digits(3, 6).map(lambda head: f"{head}-24-8"))
    packaging = draw(st.booleans())
    return Component(
        name=draw(texts()), percent=figure, lowest=low, highest=high, cas=cas, packaging=packaging
    )


@cache
def declared_units() -> st.SearchStrategy[DeclaredUnit]:
    def made(pair: tuple[str, str | None], functional: bool, sentence: dict[str, str]) -> DeclaredUnit:
        amount, unit = pair
        stated = unit or "示例计量单位"
        return DeclaredUnit(
            amount=Decimal(amount), unit=unit, stated=stated, functional=functional, words=sentence
        )

    return st.builds(made, st.sampled_from(DECLARED), st.booleans(), words())
