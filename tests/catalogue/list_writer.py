"""A child process that takes a product list through every step, until killed; it starts where it stands.

It prints the name of each step once it is committed: what is printed is acknowledged.
"""

import sys

import registry.rebuild  # noqa: F401 - defines every fact kind
from catalogue.bulk import service
from catalogue.bulk.service import Named
from catalogue.bulk.taking import LIMITS, taken
from registry.access import walls
from registry.applications import reviewing, store
from registry.applications.states import State
from registry.evidence.files import digest
from registry.kit import settings
from registry.kit.db import make_engine, write_session
from registry.kit.sheets import read
from tests import applicants, product_files
from tests.applicants import FIRST, MAKER, SECOND, by


def main() -> None:
    """Argument: how many rows."""
    engine = make_engine(settings.load())
    data = product_files.as_csv(product_files.rows(int(sys.argv[1])))
    found = taken(read(data, "list.csv", LIMITS), product_files.KINDS)
    print("ready", flush=True)
    with write_session(engine) as session:
        kept = service.receive(session, found, Named("list.csv", digest(data)), by(MAKER)).kept
        list_id, checked, rows = kept.id, kept.checked, kept.rows
    print("received", flush=True)
    while checked < rows:
        with write_session(engine) as session:
            checked = service.check_some(session, list_id, by(MAKER), most=20).kept.checked
        print("checked", checked, flush=True)
    with write_session(engine) as session:
        known = service.commit(session, list_id, by(MAKER), rows=rows)
        assert known.application is not None
        number, state = known.application
    print("committed", flush=True)
    if state == State.SUBMITTED:
        with write_session(engine) as session:
            walls.stand_for(session, FIRST)
            applicants.approved(session, store.get(session, number))
    with write_session(engine) as session:
        walls.stand_for(session, SECOND)
        ready = store.get(session, number)
        if ready.state is State.APPROVED_ONCE:
            reviewing.publish(session, number, by(SECOND, ready))
    print("published", flush=True)


if __name__ == "__main__":
    main()
