"""Invented applications of the demonstration maker: half done, sent back, handed in, and a product list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlmodel import Session

from catalogue.bulk import service as bulk
from catalogue.bulk.service import Named
from catalogue.bulk.taking import TakenFile
from registry.access.actors import Actor, ActorRole
from registry.accounts import logins
from registry.applications import reviewing, service
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.list_row import listed
from registry.applications.parts import Subject
from registry.applications.store import By
from registry.applications.typed import of_part
from seeds.demo.accounts import LOGINS, Login
from seeds.demo.keys import FICTION_EN, FICTION_ZH, code

MAKER: Final = 17
PRODUCT: Final = code("product", "ladder-017")
PLANT: Final = code("plant", f"firm-{MAKER:03d}-0")
# A footprint with its figures still to come.
HALF: Final[Mapping[str, str]] = {
    "carbon.document": "footprint_report",
    "carbon.number": "演示-碳足迹-2026-90017",
    "carbon.standard": "GB/T 24067-2024",
    "carbon.declared_unit": "m³",
}
# A new product whose density the reviewer doubts: 240 is a tenth of what concrete weighs.
RETURNED: Final[Mapping[str, str]] = {
    "product.kind": "concrete.ready-mixed",
    "product.name_zh": f"示例预拌混凝土 C35{FICTION_ZH}",
    "product.name_en": f"Sample ready-mixed concrete C35 {FICTION_EN}",
    "product.plants": PLANT,
    "product.models": "C35",
    "product.unit": "m³",
    "product.density_kg_m3": "240",
}
REMARK: Final = "预拌混凝土的密度一般在 2000 kg/m³ 以上，请核对是否少写一位数字。"
REASON: Final = "请更正密度后再提交。"
CONCRETE: Final = "concrete.ready-mixed"
LIST_NAME: Final = f"示例产品清单{FICTION_ZH}.xlsx"
LISTED: Final = (*((f"C{n}", CONCRETE) for n in range(20, 65, 5)), ("C65", "没有的种类"))
HANDED_IN: Final[Mapping[str, str]] = {
    "plant.name_zh": f"示例企业 {MAKER:03d}{FICTION_ZH}第二工厂",
    "plant.name_en": f"Sample Company {MAKER:03d} {FICTION_EN} Plant 2",
    "plant.region": "500000",
    "plant.delivery_radius_km": "40",
}


@dataclass(frozen=True, slots=True)
class _Desk:
    """One login at work on one day."""

    session: Session
    actor: Actor
    now: datetime

    def by(self, application: Application | None = None) -> By:
        return By(self.actor, self.now, application.revision if application else 0)


def write(session: Session, *, now: datetime) -> int:
    """Write them once; an organisation that has applications already gets none. How many were written."""
    maker = _actor(session, ActorRole.MANUFACTURER)
    if service.of_organisation(session, maker):
        return 0
    days = timedelta(days=1)
    reviewer = _actor(session, ActorRole.REGISTRY_OFFICER)
    _typed(_Desk(session, maker, now - days), Subject.CARBON, HALF, about=PRODUCT)
    _sent_back(_Desk(session, maker, now - 6 * days), _Desk(session, reviewer, now - 3 * days))
    desk = _Desk(session, maker, now - 2 * days)
    drafted = _typed(desk, Subject.PLANT, HANDED_IN)
    service.submit(session, drafted.number, desk.by(drafted))
    _listed(desk)
    return 4


def _typed(
    desk: _Desk, subject: Subject, texts: Mapping[str, str], *, about: str | None = None
) -> Application:
    application = service.start(desk.session, subject, desk.by(), about=about)
    for part in Part:
        if given := of_part(texts, part):
            by = desk.by(application)
            application = service.save_part(desk.session, application.number, part, given, by=by)
    return application


def _listed(desk: _Desk) -> None:
    """A list of products handed in; its last row names a kind that there is none of, and stays out."""
    rows = tuple(listed(place, typed) for place, typed in enumerate(_rows(), 2))
    named = Named(LIST_NAME, sha256(LIST_NAME.encode()).hexdigest())
    kept = bulk.receive(desk.session, TakenFile(rows), named, desk.by()).kept
    known = bulk.check_some(desk.session, kept.id, desk.by())
    bulk.commit(desk.session, kept.id, desk.by(), rows=known.sound)


def _rows() -> Iterator[dict[str, str]]:
    for place, (strength, kind) in enumerate(LISTED):
        yield {
            "product.kind": kind,
            "product.name_zh": f"示例预拌混凝土 {strength} 泵送{FICTION_ZH}",
            "product.name_en": f"Sample ready-mixed concrete {strength}, pumped {FICTION_EN}",
            "product.plants": PLANT,
            "product.models": f"{strength}-B{place:02d}",
            "product.unit": "m³",
            "product.density_kg_m3": "2400",
        }


def _sent_back(maker: _Desk, reviewer: _Desk) -> None:
    session, path = maker.session, "product.density_kg_m3"
    drafted = _typed(maker, Subject.NEW_PRODUCT, RETURNED)
    handed_in = service.submit(session, drafted.number, maker.by(drafted))
    taken = reviewing.take(session, drafted.number, reviewer.by(handed_in))
    said = reviewing.remark(session, drafted.number, reviewer.by(taken), path=path, text=REMARK)
    reviewing.return_for(session, drafted.number, reviewer.by(said), paths=[path], reason=REASON)


def _actor(session: Session, role: ActorRole) -> Actor:
    login: Login = next(one for one in LOGINS if one.role is role)
    account = logins.by_login(session, login.address)
    assert account is not None
    return Actor(role, str(account.id), account.id, login.organisation_id)
