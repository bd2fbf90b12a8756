"""Where an account page is asked from: what every limit on signing in counts."""

from fastapi import Request

from frontend.pages.account.parts import moment_of
from tests.applicants import NOW


def test_addresses_of_one_household_share_the_limits_of_signing_in() -> None:
    found = {
        moment_of(Request({"type": "http", "headers": [], "client": (address, 1)}), NOW).address
        for address in ("2001:db8::1", "2001:db8::ffff:2")
    }
    assert len(found) == 1
