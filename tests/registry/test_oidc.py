"""Sign-in at a provider over real HTTP: who comes back honestly, and every forged answer refused."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from sqlmodel import Session

from registry.accounts import identities, logins
from registry.accounts.identities import IdentityTaken
from registry.accounts.oidc import Identity, Provider, ProviderRefused, ProviderUnavailable, Start, is_safe
from tests import identity_provider
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, Fake
from tests.registry.accounts import account, at

BACK = "http://127.0.0.1:9/account/provider/back"


@pytest.fixture
def fake() -> Iterator[Fake]:
    with identity_provider.running() as found:
        yield found


def provider(fake: Fake) -> Provider:
    return Provider(fake.issuer, CLIENT_ID, CLIENT_SECRET)


def visit(start: Start) -> dict[str, str]:
    """What a browser brings back."""
    answer = httpx2.get(start.address, trust_env=False)
    assert answer.headers["location"].startswith(BACK)
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def whole(fake: Fake, *, again: bool = False) -> Identity:
    start = provider(fake).start(BACK, again=again)
    return provider(fake).finish(visit(start), start.kept)


def test_an_honest_provider_says_who_it_is(fake: Fake) -> None:
    assert whole(fake) == Identity(fake.issuer, "person-1")


def test_each_sign_in_has_its_own_state_nonce_and_challenge(fake: Fake) -> None:
    asked = [dict(parse_qsl(urlsplit(provider(fake).start(BACK).address).query)) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name]) >= 43
    assert "code_verifier" not in asked[0]


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "somebody-else"},
        {"aud": ["somebody-else", "another"]},
        {"aud": [CLIENT_ID, "another"]},
        {"aud": [CLIENT_ID, "another"], "azp": "another"},
        {"azp": "another"},
        {"iss": "https://other.example"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 7},
    ],
    ids=str,
)
def test_a_token_for_another_or_of_another_time_is_refused(fake: Fake, claims: dict[str, Any]) -> None:
    fake.claims = claims
    with pytest.raises(ProviderRefused):
        whole(fake)


def test_several_audiences_are_taken_where_we_are_the_party(fake: Fake) -> None:
    fake.claims = {"aud": [CLIENT_ID, "another"], "azp": CLIENT_ID}
    assert whole(fake).subject == "person-1"


@pytest.mark.parametrize("lie", ["unsigned", "foreign_key", "without_token"])
def test_an_unsigned_or_foreign_token_is_refused(fake: Fake, lie: str) -> None:
    setattr(fake, lie, True)
    with pytest.raises(ProviderRefused):
        whole(fake)


def test_an_answer_of_another_provider_is_a_mix_up(fake: Fake) -> None:
    fake.stated_issuer = "https://other.example"
    with pytest.raises(ProviderRefused):
        whole(fake)


def test_an_answer_that_hides_its_issuer_is_refused_where_one_is_promised(fake: Fake) -> None:
    start = provider(fake).start(BACK)
    answer = visit(start)
    del answer["iss"]
    with pytest.raises(ProviderRefused):
        provider(fake).finish(answer, start.kept)
    fake.described = {"authorization_response_iss_parameter_supported": False}
    assert provider(fake).finish(answer, start.kept).subject == "person-1"


def test_a_code_needs_its_own_verifier_and_works_once(fake: Fake) -> None:
    first, second = provider(fake).start(BACK), provider(fake).start(BACK)
    stolen = visit(first)
    with pytest.raises(ProviderRefused):
        provider(fake).finish(stolen, second.kept)
    start = provider(fake).start(BACK)
    answer = visit(start)
    provider(fake).finish(answer, start.kept)
    with pytest.raises(ProviderRefused):
        provider(fake).finish(answer, start.kept)


def test_a_wrong_secret_is_refused(fake: Fake) -> None:
    start = provider(fake).start(BACK)
    with pytest.raises(ProviderRefused):
        Provider(fake.issuer, CLIENT_ID, "wrong").finish(visit(start), start.kept)


@pytest.mark.parametrize("answer", [{}, {"error": "access_denied"}, {"code": ""}])
def test_a_visitor_who_declined_is_not_signed_in(fake: Fake, answer: dict[str, str]) -> None:
    start = provider(fake).start(BACK)
    with pytest.raises(ProviderRefused):
        provider(fake).finish({"iss": fake.issuer, **answer}, start.kept)
    assert "/token" not in fake.asked


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://other.example"},
        {"token_endpoint": "http://internal.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_description_that_is_not_its_own_is_refused(fake: Fake, described: dict[str, Any]) -> None:
    fake.described = described
    with pytest.raises(ProviderRefused):
        provider(fake).start(BACK)


def test_confirming_needs_a_new_proof_there(fake: Fake) -> None:
    address = provider(fake).start(BACK, again=True).address
    assert {"prompt": "login", "max_age": "0"}.items() <= dict(parse_qsl(urlsplit(address).query)).items()
    assert whole(fake, again=True).subject == "person-1"
    for old in (1, None):
        fake.claims = {"auth_time": old}
        with pytest.raises(ProviderRefused):
            whole(fake, again=True)


def test_a_provider_that_is_down_or_gone_is_said_to_be(fake: Fake) -> None:
    fake.down = True
    with pytest.raises(ProviderUnavailable):
        provider(fake).start(BACK)
    with pytest.raises(ProviderUnavailable):
        Provider("http://127.0.0.1:9", CLIENT_ID, CLIENT_SECRET).start(BACK)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://id.example/token", True),
        ("http://127.0.0.1:8000/token", True),
        ("http://id.example/token", False),
        ("http://127.0.0.1.evil.test/", False),
        ("ftp://id.example/", False),
        ("https://", False),
        ("", False),
    ],
)
def test_only_encrypted_addresses_are_asked(address: str, safe: bool) -> None:
    assert is_safe(address) is safe


def test_an_identity_is_linked_by_its_owner_and_found_by_issuer_and_subject(session: Session) -> None:
    made, other = account(session), account(session, "b@example.com")
    identity = Identity("https://id.example", "person-1")
    assert identities.account_of(session, identity, moment=at()) is None, "no address links an account"
    identities.link(session, made.id, identity, moment=at())
    identities.link(session, made.id, identity, moment=at())
    assert len(identities.of_account(session, made.id)) == 1
    found = identities.account_of(session, identity, moment=at())
    assert found is not None
    assert found.id == made.id
    for stranger in (
        Identity("https://other.example", "person-1"),
        Identity("https://id.example", "person-2"),
    ):
        assert identities.account_of(session, stranger, moment=at()) is None
    with pytest.raises(IdentityTaken):
        identities.link(session, other.id, identity, moment=at())
    logins.disable(session, made.login, moment=at())
    assert identities.account_of(session, identity, moment=at()) is None
