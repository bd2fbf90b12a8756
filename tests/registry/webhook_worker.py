"""A child process that sends and settles until it is killed; its clock runs ahead by so many leases."""

import sys

from registry.kit import clock, settings
from registry.kit.db import make_engine
from registry.notices.outbox import LEASE
from tests.registry.webhooks import IMPATIENCE, rounds


def main() -> None:
    ahead = LEASE * int(sys.argv[1])
    one = rounds(make_engine(settings.load()), now=lambda: clock.now() + ahead, seconds=IMPATIENCE)
    while True:
        one.send()


if __name__ == "__main__":
    main()
