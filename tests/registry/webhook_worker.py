"""A child process that follows, sends and settles until it is killed."""

from registry.kit import settings
from registry.kit.db import make_engine
from tests.registry.webhooks import rounds


def main() -> None:
    one = rounds(make_engine(settings.load()))
    print("working", flush=True)
    while True:
        one.follow()
        one.send()


if __name__ == "__main__":
    main()
