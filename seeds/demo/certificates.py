"""Invented certificates: one from its parts, and those of the whole catalogue by firm and category."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Final
from uuid import UUID

from registry.categories.facts import CategoryFact, MaterialKindFact
from registry.certificates.facts import ActKind, CertificateFact, Scheme, ScopeRow, State
from registry.certificates.service import BodyAct
from registry.kit.known_by import CrossCheck, KnownBy, Source
from seeds.demo.keys import certificate_number, code, key
from seeds.demo.parties import Firm, body_id
from seeds.demo.products import Made

PLATFORM: Final = "演示核对（虚构平台）"
MATCHES: Final = "登记内容一致（演示）"
CERTIFIED_SHARE: Final = 0.8
MOST_PRODUCTS: Final = 4
# Body C is approved for concrete and mortar alone: bulk certificates of other categories come from A or B.
LAST_VISIT: Final = date(2026, 11, 20)
BODY_C_CATEGORIES: Final = frozenset({"gbm-06", "gbm-07"})


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate as issued, and the acts of its body that followed, first to last."""

    handle: str
    fact: CertificateFact
    acts: tuple[BodyAct, ...] = ()

    @property
    def id(self) -> UUID:
        return self.fact.id


def five_years(start: date) -> date:
    """The last day of a certificate: the day before its fifth anniversary."""
    return date(start.year + 5, start.month, start.day) - timedelta(days=1)


def transcribed(checked_on: date, *, recheck_due: date | None = None) -> KnownBy:
    """Copied by two people and looked up on an official platform, which is invented here."""
    seen = sha256(f"演示截图 {checked_on}".encode()).hexdigest()
    check = CrossCheck(
        platform=PLATFORM,
        checked_on=checked_on,
        result=MATCHES,
        screenshot_sha256=seen,
        recheck_due=recheck_due or checked_on + timedelta(days=365),
    )
    return KnownBy(source=Source.TRANSCRIBED, cross_check=check, note="双人核对（演示）")


def scope_rows(
    products: Sequence[Made], plants: Sequence[UUID], *, unit: str | None = None
) -> list[ScopeRow]:
    """One row per product and plant, as an annex prints them."""
    return [
        ScopeRow(
            row=place,
            unit_name=unit or made.fact.name_zh,
            product_ids=(made.id,),
            product_name=made.fact.name_zh,
            models=made.fact.models,
            plant_id=plant,
            trademark=made.fact.brand,
            annex_page=1 + (place - 1) // 8,
        )
        for place, (made, plant) in enumerate(((m, p) for m in products for p in plants), 1)
    ]


def certify(  # noqa: PLR0913 - the parts of a certificate; all but the handle by name
    handle: str,
    *,
    number: str,
    category: CategoryFact,
    firm: Firm,
    rows: Sequence[ScopeRow],
    start: date,
    star: int | None = 2,
    body: int = 0,
    acts: tuple[BodyAct, ...] = (),
    **extra: object,
) -> Certified:
    """A certificate of a firm for its own rows; `extra` replaces single fields."""
    scheme = Scheme(category.scheme)
    fact = CertificateFact(
        id=key("certificate", handle),
        code=code("certificate", handle),
        body_id=body_id(body),
        number=number,
        scheme=scheme,
        category=category.category,
        star=star if scheme is Scheme.GRADED else None,
        standards=category.standards,
        holder_id=firm.id,
        manufacturer_id=firm.id,
        issued_on=start,
        valid_from=start,
        valid_to=five_years(start),
        state=State.ACTIVE,
        act=ActKind.ISSUE,
        last_surveillance_on=None,
        next_surveillance_on=date(start.year + 1, start.month, start.day),
        rows=tuple(rows),
        known_by=transcribed(start + timedelta(days=20)),
    )
    return Certified(handle, CertificateFact.model_validate({**fact.model_dump(), **extra}), acts)


def bulk(
    rng: Random,
    products: Iterable[Made],
    kinds: Mapping[str, MaterialKindFact],
    categories: Mapping[str, CategoryFact],
) -> Iterator[Certified]:
    """Certificates for most products: a firm's products of one category share one, up to four of them."""
    shelves: dict[tuple[int, str], list[Made]] = {}
    for made in products:
        options = [m.to for m in kinds[made.fact.kind].categories if m.confidence != "low"]
        if not options or rng.random() > CERTIFIED_SHARE:
            continue
        category = options[0] if len(options) == 1 or rng.random() < 0.88 else options[-1]
        shelves.setdefault((made.firm.number, category), []).append(made)
    serial = 0
    for (_, category), shelf in sorted(shelves.items(), key=lambda item: item[0]):
        for start in range(0, len(shelf), MOST_PRODUCTS):
            serial += 1
            yield _bulk_certificate(rng, serial, shelf[start : start + MOST_PRODUCTS], categories[category])


def _bulk_certificate(rng: Random, serial: int, shelf: Sequence[Made], category: CategoryFact) -> Certified:
    firm = shelf[0].firm
    first = _first_day(rng)
    body = rng.choice((0, 1, 2) if category.category in BODY_C_CATEGORIES else (0, 1))
    plants = [plant.id for plant in firm.plants]
    covered = plants if len(plants) == 1 or rng.random() < 0.7 else plants[:-1]
    last = _last_visit(first)
    return certify(
        f"bulk-{serial:05d}",
        number=certificate_number(first.year, serial),
        category=category,
        firm=firm,
        rows=scope_rows(shelf, covered),
        start=first,
        star=rng.choices((1, 2, 3), weights=(18, 50, 32))[0],
        body=body,
        acts=_acts(rng, first),
        known_by=_known_by(rng, first),
        last_surveillance_on=last if first < last else None,
        next_surveillance_on=date(last.year + 1, first.month, first.day),
    )


def _last_visit(first: date) -> date:
    """Visits are yearly, counted from the first day: the last one before the demonstration's day."""
    passed = date(2026, first.month, first.day)
    return passed if passed <= LAST_VISIT else date(2025, first.month, first.day)


def _first_day(rng: Random) -> date:
    """Nine in ten run on past the day of the demonstration; the rest have expired or soon will."""
    year = rng.choices((2021, 2022, 2023, 2024, 2025, 2026), weights=(9, 12, 22, 27, 22, 8))[0]
    return date(year, rng.randint(3, 12) if year == 2021 else rng.randint(1, 10), rng.randint(1, 28))


def _acts(rng: Random, first: date) -> tuple[BodyAct, ...]:
    if first.year == 2026 or rng.random() > 0.09:
        return ()
    day = date(2026, rng.randint(1, 2), rng.randint(1, 28))
    kind, reason = rng.choice(_REASONS)
    return (BodyAct(kind, day, reason, day + timedelta(days=15) if kind is ActKind.WITHDRAW else None),)


_REASONS: Final = (
    (ActKind.SUSPEND, "演示：未按期接受获证后监督"),
    (ActKind.SUSPEND, "演示：监督抽样一项指标待整改"),
    (ActKind.WITHDRAW, "演示：暂停期满未完成整改"),
    (ActKind.CANCEL, "演示：持证人申请注销"),
    (ActKind.REISSUE, "演示：持证人名称变更换证"),
)


def _known_by(rng: Random, first: date) -> KnownBy:
    way = rng.random()
    if way < 0.08:
        return KnownBy(source=Source.INTERFACE, cross_check=None, note="演示机构接口（虚构）")
    if way < 0.12:
        return KnownBy(source=Source.SIGNED, cross_check=None, note="演示机构签名（虚构）")
    if way < 0.18:
        return KnownBy(source=Source.TRANSCRIBED, cross_check=None, note="尚未核对（演示）")
    if way < 0.26:  # looked up once, and the next look is overdue
        checked = first + timedelta(days=30)
        return transcribed(checked, recheck_due=min(checked + timedelta(days=180), date(2026, 10, 31)))
    checked = max(date(2026, rng.randint(6, 10), rng.randint(1, 28)), first + timedelta(days=5))
    return transcribed(checked, recheck_due=checked + timedelta(days=365))
