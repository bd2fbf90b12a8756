"""The doors of the account's first page: what a role can do next, in order; features add theirs here."""

from dataclasses import dataclass

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, allows, may


@dataclass(frozen=True, slots=True)
class Door:
    """A page below the language; `key` leads to its words, `own` asks for the right to one's own things."""

    act: Act
    path: str
    key: str
    own: bool = False


DOORS: tuple[Door, ...] = (
    Door(Act.PUBLISH_PRODUCT, "account/maker", "door.maker", own=True),
    Door(Act.APPLY, "account/maker", "door.own-data", own=True),
    Door(Act.PUBLISH_PRODUCT, "account/maker/bulk", "door.bulk", own=True),
    Door(Act.RECORD_BATCH, "account/maker/batches", "door.batches", own=True),
    Door(Act.REVIEW_APPLICATION, "account/review/queue", "door.review"),
    Door(Act.CHANGE_CERTIFICATE_STATE, "account/body/certificates", "door.body", own=True),
    Door(Act.TRANSCRIBE_CERTIFICATE_STATE, "account/review/certificates", "door.transcribe"),
    Door(Act.READ_NOTICES, "account/notices", "door.notices", own=True),
    Door(Act.RECORD_CROSS_CHECK, "desk/cross-checks", "door.cross-checks"),
    Door(Act.HANDLE_COMPLAINT, "account/complaints", "door.complaints"),
    Door(Act.READ_COMPLAINT, "account/complaints", "door.own-complaints"),
    Door(Act.RUN_SURVEILLANCE, "account/surveillance", "door.surveillance"),
    Door(Act.DECIDE_RECOGNITION, "account/recognition", "door.recognition"),
    Door(Act.CHECK_BILL, "check", "door.check"),
    Door(Act.READ_MEMBERS, "account/members", "door.members", own=True),
    Door(Act.MANAGE_KEYS, "account/keys", "door.keys", own=True),
    Door(Act.MANAGE_WEBHOOKS, "account/organisation/webhooks", "door.webhooks", own=True),
    Door(Act.USE_ACCOUNT, "account/security", "door.security"),
)


def open_to(actor: Actor) -> tuple[Door, ...]:
    """The doors that an actor may go through; of two to one page the first, which says more."""
    own = Target(actor.organisation_id, actor.organisation_id, actor.account_id)
    found = [door for door in DOORS if (allows(actor, door.act, own) if door.own else may(actor, door.act))]
    return tuple({door.path: door for door in reversed(found)}.values())[::-1]
