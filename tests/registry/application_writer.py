"""A child process that types, submits, approves and publishes applications one after another, until killed.

It prints the number of each application once its publication is committed: what is printed is acknowledged.
"""

import itertools
import sys

from sqlalchemy import Engine

import registry.rebuild  # noqa: F401 - defines every fact kind
from registry.applications import reviewing
from registry.kit import settings
from registry.kit.db import make_engine, write_session
from tests import applicants
from tests.applicants import SECOND, by


def publish_one(engine: Engine, name: str) -> str:
    """One application through all its transactions, as four people at four desks would do it."""
    typed = {
        **applicants.EVERYTHING,
        "certificate.number": f"演示-{name}",
        "report.number": f"演示报告-{name}",
        "carbon.number": f"演示-EPD-{name}",
    }
    with write_session(engine) as session:
        handed_in = applicants.submitted(session, typed)
    with write_session(engine) as session:
        ready = applicants.approved(session, handed_in)
    with write_session(engine) as session:
        looks = applicants.LOOKS
        done = reviewing.publish(session, ready.number, by(SECOND, ready), looks=looks)
    return done.number


def main() -> None:
    """Argument: a name of this process, so that no two write the same numbers."""
    engine = make_engine(settings.load())
    print("ready", flush=True)
    for n in itertools.count():
        print(publish_one(engine, f"{sys.argv[1]}-{n}"), flush=True)


if __name__ == "__main__":
    main()
