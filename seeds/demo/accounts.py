"""Invented logins for each role, in the demonstration alone: no password, a button signs them in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import ActorRole
from registry.accounts import logins, memberships
from registry.accounts.events import Moment
from registry.accounts.memberships import OPERATING_BODY, Place
from seeds.demo.keys import key
from seeds.demo.parties import body_id, firm_id, laboratory_id, verifier_id

DOMAIN: Final = "demonstration.invalid"  # a name that no mail ever reaches (RFC 2606)


@dataclass(frozen=True, slots=True)
class Login:
    """A role, for whom it acts, and what its person is called."""

    role: ActorRole
    organisation_id: UUID
    name: str
    place: int = 1  # among the persons of its role

    @property
    def address(self) -> str:
        local = self.role.replace("_", "-")
        return f"{local}@{DOMAIN}" if self.place == 1 else f"{local}-{self.place}@{DOMAIN}"


def _buyer(index: int) -> UUID:
    return key("organisation", f"buyer-{index}")


LOGINS: Final = (
    Login(ActorRole.MANUFACTURER, firm_id(17), "示例制造商经办人（虚构）"),
    Login(ActorRole.AGENT, firm_id(17), "示例代理商经办人（虚构）"),
    Login(ActorRole.CERTIFICATION_BODY, body_id(0), "示例认证机构经办人（虚构）"),
    Login(ActorRole.VERIFIER, verifier_id(0), "示例核查机构经办人（虚构）"),
    Login(ActorRole.LABORATORY, laboratory_id(0), "示例检测机构经办人（虚构）"),
    Login(ActorRole.REGISTRY_OFFICER, OPERATING_BODY, "示例登记审核员（虚构）"),
    # A case is decided by two persons.
    Login(ActorRole.REGISTRY_OFFICER, OPERATING_BODY, "示例登记复核员（虚构）", place=2),
    Login(ActorRole.PURCHASING_OFFICER, _buyer(0), "示例采购人经办人（虚构）"),
    Login(ActorRole.CENTRAL_PURCHASING_BODY, _buyer(1), "示例集中采购机构经办人（虚构）"),
    Login(ActorRole.CONTRACTOR, key("organisation", "login-contractor"), "示例施工单位经办人（虚构）"),
    Login(ActorRole.SUPERVISOR, key("organisation", "login-supervisor"), "示例监理经办人（虚构）"),
    Login(
        ActorRole.THIRD_PARTY_EVALUATOR, key("organisation", "login-evaluator"), "示例评价机构经办人（虚构）"
    ),
    Login(ActorRole.REGULATOR, key("organisation", "login-regulator"), "示例主管部门人员（虚构）"),
    Login(ActorRole.AUDITOR, OPERATING_BODY, "示例审计人员（虚构）"),
    Login(ActorRole.ADMINISTRATOR, OPERATING_BODY, "示例管理员（虚构）"),
)


def write(session: Session, *, now: datetime) -> int:
    """Write the logins that are missing; how many there were."""
    moment, added = Moment(now), 0
    for login in LOGINS:
        if logins.by_login(session, login.address) is not None:
            continue
        account = logins.create(session, login.address, login.name, moment=moment)
        account.demonstration = True
        place = Place(login.organisation_id, login.role, manages=True)
        memberships.give(session, account.id, place, moment=moment)
        added += 1
    return added
