"""Webhooks go to public addresses alone: literals, disguises, names that change between two look-ups."""

import ipaddress
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit import clock
from registry.kit.ids import new
from registry.notices import signing
from registry.notices.gate import AddressRefused, Gate, is_public
from registry.notices.sending import Outcome, Parcel, Sender
from tests.oracles.signature_oracle import is_genuine
from tests.registry.receiver import listening

# The IANA special-purpose registries, copied as first address and length; an oracle that only compares bits.
SPECIAL_4 = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4",
)  # fmt: skip
SPECIAL_6 = (
    "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32",
    "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)  # fmt: skip
PUBLIC = "93.184.215.14"


def bits(network: str) -> tuple[int, int, int]:
    first, _, length = network.partition("/")
    parsed = ipaddress.ip_address(first)
    return int(parsed), int(length), parsed.max_prefixlen


def holds(networks: Iterable[str], value: int) -> bool:
    """Whether any of these IPv4 networks holds an address."""
    return any(value >> (32 - length) == first >> (32 - length) for first, length, _ in map(bits, networks))


def inside(network: str) -> st.SearchStrategy[str]:
    first, length, width = bits(network)
    kind = ipaddress.IPv4Address if width == 32 else ipaddress.IPv6Address
    return st.integers(0, 2 ** (width - length) - 1).map(lambda offset: str(kind(first + offset)))


def parcel(address: str, secret: str = "") -> Parcel:
    lease = datetime(2026, 6, 1, tzinfo=UTC)
    return Parcel(new(), address, (secret or signing.new_secret(),), b'{"type":"x"}', 0, lease)


@given(st.sampled_from(SPECIAL_4 + SPECIAL_6).flatmap(inside))
def test_no_address_of_a_special_network_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    assert not Gate().lets(address)


@given(st.integers(0, 2**32 - 1))
def test_an_address_outside_them_is_never_refused_for_nothing(value: int) -> None:
    wider = {"192.0.0.0/24", "192.88.99.0/24"}  # protocol assignments: either answer is right
    if not holds(wider, value):
        assert is_public(ipaddress.IPv4Address(value)) is not holds(SPECIAL_4, value)


@given(st.integers(0, 2**32 - 1))
def test_an_address_hidden_in_another_is_refused_whatever_it_hides(value: int) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        assert not is_public(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) + value))
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) + (value << 80)))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.com/", "https:///x", "https://example.com:0/", "https://example.com/#x", "https://2130706433/",
        "https://0177.0.0.1/", "https://127.1/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25eth0]/",
        "https://intranet/", "https://a.local/", "https://exa mple.com/", "https://example.com/" + "x" * 600,
    ],
)  # fmt: skip
def test_what_could_never_be_sent_to_is_refused_at_once(address: str) -> None:
    with pytest.raises(AddressRefused):
        Gate().parsed(address)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for typed in (text, f"https://{text}"):
        try:
            Gate().parsed(typed)
        except AddressRefused:
            continue
        assert typed.lower().startswith("https://")


class Names:
    """A resolver whose answer changes with every question."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, _host: str, _port: int) -> Sequence[str]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return answer


def test_a_name_is_resolved_once_and_the_connection_goes_to_that_address() -> None:
    """DNS rebinding: the second answer would be this machine, and nobody asks for it."""
    names, seen = Names([PUBLIC], ["127.0.0.1"]), list[httpx.Request]()

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204, stream=httpx.ByteStream(b""))

    sender = Sender(Gate(resolve=names), clock.now, transport=httpx.MockTransport(answer))
    secret = signing.new_secret()
    sent = parcel("https://rebind.example.com:8443/hook?a=1", secret)
    assert sender.send([sent]) == [Outcome(sent, "204")]
    assert names.asked == 1
    request = seen[0]
    assert str(request.url) == f"https://{PUBLIC}:8443/hook?a=1"
    assert request.headers["host"] == "rebind.example.com:8443"
    assert request.extensions["sni_hostname"] == "rebind.example.com", "the certificate must be the name's"
    assert is_genuine(secret, request.headers, sent.body)


@pytest.mark.parametrize("answers", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1"], ["100.64.0.1"], []])
def test_a_name_that_leads_inside_is_never_connected_to(answers: list[str]) -> None:
    with listening() as receiver:
        sender = Sender(Gate(resolve=Names(answers)), clock.now, seconds=1)
        sent = parcel(f"https://rebind.example.com:{receiver.port}/")
        assert sender.send([sent]) == [Outcome(sent, "address")]
        assert receiver.arrived == []


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    seen = list[str]()

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(302, headers={"location": "http://127.0.0.1/"}, stream=httpx.ByteStream(b""))

    sender = Sender(Gate(resolve=Names([PUBLIC])), clock.now, transport=httpx.MockTransport(answer))
    outcome = sender.send([parcel("https://hook.example.com/")])[0]
    assert (outcome.answer, outcome.arrived) == ("302", False)
    assert seen == [f"https://{PUBLIC}/"]


def test_an_endless_answer_is_read_for_a_few_kilobytes_and_counts_by_its_status() -> None:
    given_out = 0

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            nonlocal given_out
            while True:
                given_out += 1000
                yield b"x" * 1000

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
    sender = Sender(Gate(resolve=Names([PUBLIC])), clock.now, transport=transport)
    assert sender.send([parcel("https://hook.example.com/")])[0].arrived
    assert given_out < 10_000


def test_a_receiver_that_never_answers_is_left_after_its_time() -> None:
    with listening(faults=1.0) as receiver:
        receiver.kinds = ("silent",)
        started = clock.now()
        sender = Sender(Gate(loopback=True), clock.now, seconds=0.2)
        assert sender.send([parcel(receiver.address)])[0].answer == "timeout"
        assert clock.now() - started < timedelta(seconds=10)


@given(st.binary(max_size=200), st.integers(0, 2**33), st.text("abc-0123", min_size=1, max_size=36))
def test_every_signature_stands_the_receivers_own_check(body: bytes, at: int, message_id: str) -> None:
    new_one, old, other = signing.new_secret(), signing.new_secret(), signing.new_secret()
    headers = {
        name.lower(): value for name, value in signing.headers((new_one, old), message_id, at, body).items()
    }
    assert is_genuine(new_one, headers, body)
    assert is_genuine(old, headers, body)
    assert not is_genuine(other, headers, body)
    assert not is_genuine(new_one, headers, body + b" ")
    assert not is_genuine(new_one, headers | {"webhook-timestamp": str(at + 1)}, body)
