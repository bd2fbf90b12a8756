"""What an applicant does: start, type, pin files, submit, withdraw; each act is one step and one event."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Session, col

from registry.access import walls
from registry.access.actors import Actor
from registry.access.permissions import Act, require, require_some
from registry.applications import basis, lists, prefill, reference, store
from registry.applications.acting import Doing, done, opened, read, region_of
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.findings import refused
from registry.applications.given import Outcome
from registry.applications.models import ApplicationFileRow, ApplicationRow
from registry.applications.numbers import new_number
from registry.applications.parts import ASKED, SECTIONS, Subject
from registry.applications.states import Case, Step
from registry.applications.store import START, By, Taken
from registry.applications.typed import Typed, dumped, field_at, replaced
from registry.changes.codes import by_code
from registry.changes.feed import head
from registry.changes.reading import Point, get, many
from registry.evidence import service as evidence
from registry.evidence.service import Scanned, StoredBy
from registry.kit.clock import civil_day
from registry.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.kit.ids import new
from registry.parties.service import ORGANISATION, PLANT, plants_of
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT

MOST_FILES = 100
_WITH_PRODUCT = Part.ABOUT


def start(session: Session, subject: Subject, by: By, *, about: str | None = None) -> Application:
    """A new draft with what the register knows already; `about` is the 登记号 of an existing product."""
    organisation_id = may_start(subject, by)
    walls.stand_for(session, by.actor)
    if subject is Subject.PRODUCT_LIST:
        raise Invalid("application-list-needs-file")
    if (about is not None) != (_WITH_PRODUCT in ASKED[subject].parts):
        raise Invalid("application-product-needed", subject=str(subject))
    today = civil_day(by.now)
    typed = known_already(session, subject, organisation_id, about=about, today=today)
    return begin(session, subject, typed, by=by)


def may_start(subject: Subject, by: By) -> UUID:
    """The organisation for which this person may start an application of this subject."""
    require_some(by.actor, Act.APPLY)
    organisation_id = by.actor.organisation_id
    if organisation_id is None or by.actor.role not in ASKED[subject].roles:
        raise NotAllowed(role=str(by.actor.role), act=str(Act.APPLY))
    return organisation_id


def begin(
    session: Session, subject: Subject, typed: Typed, *, by: By, follows_id: UUID | None = None
) -> Application:
    """A new draft that holds these texts; `follows_id` is the declaration it states the next version of."""
    organisation_id, today = may_start(subject, by), civil_day(by.now)
    walls.stand_for(session, by.actor)
    base = basis.Base(subject, organisation_id, typed.get("about.product", ""), follows_id)
    row = ApplicationRow(
        id=new(),
        number=new_number(today.year),
        organisation_id=organisation_id,
        subject=subject,
        state=Case(organisation_id).state,
        typed=dumped(typed),
        base_version=basis.version(session, base),
        follows_id=follows_id,
        region=region_of(session, organisation_id, today),
        started_at=by.now,
    )
    session.add(row)
    session.flush()
    case = Case(organisation_id)
    store.add_event(session, row.id, Taken(START, by, case, details={"subject": str(subject)}), revision=0)
    return store.get(session, row.number, levels=by.levels)


def save_part(session: Session, number: str, part: Part, given: Typed, *, by: By) -> Application:
    """Keep one part exactly as typed; after a return only the returned fields may differ."""
    application = _for_editing(session, number, by)
    if part not in ASKED[application.subject].parts or part is _WITH_PRODUCT:
        raise Invalid("application-part-unknown", part=str(part), subject=str(application.subject))
    typed = replaced(application.typed, part, given)
    changed = sorted(
        path
        for path in {*typed, *application.typed}
        if typed.get(path, "") != application.typed.get(path, "")
    )
    closed = [path for path in changed if not application.is_open(path)]
    if closed:
        raise Conflict("application-field-closed", path=closed[0])
    details, columns = {"part": str(part), "changed": changed}, {"typed": dumped(typed)}
    return done(session, application, Doing(Step.SAVE, by, details=details, columns=columns))


def findings(session: Session, application: Application, *, today: date) -> Outcome:
    """Everything wrong or doubtful about it today."""
    return lists.outcome(session, application, today=today)[0]


def submit(session: Session, number: str, by: By) -> Application:
    """Hand it in; refused with every error at once, each pinned to its field."""
    application, repeated = opened(session, number, by, step=Step.SUBMIT, act=Act.EDIT_APPLICATION)
    if repeated:
        return application
    basis.require_unchanged(session, application)
    today = civil_day(by.now)
    outcome = findings(session, application, today=today)
    if not outcome.is_fit:
        raise refused(outcome.findings)
    region = reference.read_at(application.typed, "company.region") or region_of(
        session, application.case.organisation_id, today
    )
    details = {
        "typed": dict(application.typed),
        "warnings": [[one.path, one.key, dict(one.facts)] for one in outcome.findings],
    }
    columns = {
        "warnings": len(outcome.findings),
        "submitted_at": application.submitted_at or by.now,
        "open_paths": "[]",
        "region": region,
    }
    return done(session, application, Doing(Step.SUBMIT, by, details=details, columns=columns))


def withdraw(session: Session, number: str, by: By) -> Application:
    act = Act.WITHDRAW_APPLICATION
    application, repeated = opened(session, number, by, step=Step.WITHDRAW, act=act)
    return application if repeated else done(session, application, Doing(Step.WITHDRAW, by))


def pin(session: Session, number: str, path: str, scanned: Scanned, *, by: By) -> Application:
    """Pin a scanned file to a field or part; the same file at the same place is pinned once.

    Whoever sends it twice at the same moment gets both times what then stands there.
    """
    store.hold(session, _with_place(session, number, path, by=by).id)
    application = _with_place(session, number, path, by=by)
    if any(one.sha256 == scanned.sha256 and one.path == path for one in application.pinned):
        return application
    application = may_pin(session, number, path, by=by)
    owner = StoredBy(application.case.organisation_id, str(by.actor)[:80], by.now)
    file = evidence.record(session, scanned, owner)
    session.add(
        ApplicationFileRow(application_id=application.id, path=path, file_id=file.id, pinned_at=by.now)
    )
    return done(session, application, Doing(Step.SAVE, by, details={"pinned": path, "sha256": file.sha256}))


def may_pin(session: Session, number: str, path: str, *, by: By) -> Application:
    """The application, if this person may pin a file there now; asked before a file is scanned."""
    application = _with_place(session, number, path, by=by)
    if application.revision != by.revision:
        raise Conflict("application-changed-meanwhile")
    if len(application.pinned) >= MOST_FILES:
        raise Invalid("application-too-many-files", limit=MOST_FILES)
    evidence.require_room(session, application.case.organisation_id)
    return application


def _with_place(session: Session, number: str, path: str, *, by: By) -> Application:
    """The application, where files of this place are open to this person."""
    application = _for_editing(session, number, by)
    if path not in SECTIONS and field_at(path) is None:
        raise Invalid("application-field-unknown", path=path[:80])
    if Part(path.partition(".")[0]) not in ASKED[application.subject].parts:
        raise Invalid("application-field-unknown", path=path[:80])
    if not application.is_open(path):
        raise Conflict("application-field-closed", path=path)
    return application


def unpin(session: Session, number: str, path: str, file_id: UUID, *, by: By) -> Application:
    """Take a file off a field; the file itself and its event stay."""
    application = _with_place(session, number, path, by=by)
    if not any(one.file_id == file_id and one.path == path for one in application.pinned):
        raise NotFound("evidence-not-found")
    session.execute(
        delete(ApplicationFileRow).where(
            col(ApplicationFileRow.application_id) == application.id,
            col(ApplicationFileRow.path) == path,
            col(ApplicationFileRow.file_id) == file_id,
        )
    )
    return done(session, application, Doing(Step.SAVE, by, details={"unpinned": path, "file": str(file_id)}))


def of_organisation(session: Session, actor: Actor) -> list[Application]:
    """Every application of the actor's organisation, newest first."""
    walls.stand_for(session, actor)
    numbers = session.scalars(
        select(col(ApplicationRow.number))
        .where(col(ApplicationRow.organisation_id) == actor.organisation_id)
        .order_by(col(ApplicationRow.started_at).desc(), col(ApplicationRow.number))
    )
    return [store.get(session, number) for number in numbers]


def _for_editing(session: Session, number: str, by: By) -> Application:
    application = read(session, number, by)
    require(by.actor, Act.EDIT_APPLICATION, application.target())
    return application


def known_already(
    session: Session, subject: Subject, organisation_id: UUID, *, about: str | None, today: date
) -> dict[str, str]:
    """The texts the register can fill in by itself."""
    at = Point(today, head(session).seq)
    if subject is Subject.ORGANISATION:
        known = get(session, ORGANISATION, organisation_id, at)
        return prefill.of_organisation(known.fact) if known else {}
    if subject is Subject.NEW_PRODUCT:
        return prefill.of_plants(one.fact for one in plants_of(session, organisation_id, at))
    if about is None:
        return {}
    product = by_code(session, about, PRODUCT, at).fact
    if product.manufacturer_id != organisation_id:
        raise NotAllowed("application-product-of-another")
    texts = {"about.product": product.code}
    if subject is Subject.PRODUCT_CHANGE:
        texts |= prefill.of_product(product, codes_of(session, _named_by(product), at))
    return texts


def _named_by(product: ProductFact) -> Iterable[UUID]:
    return (*product.plant_ids, *filter(None, [product.brand_owner_id]))


def codes_of(session: Session, keys: Iterable[UUID], at: Point) -> dict[UUID, str]:
    """The 登记号 of plants and organisations."""
    wanted = list(keys)
    plants = many(session, PLANT, wanted, at).values()
    organisations = many(session, ORGANISATION, wanted, at).values()
    return {
        **{known.fact.id: known.fact.code for known in plants},
        **{known.fact.id: known.fact.code for known in organisations},
    }
