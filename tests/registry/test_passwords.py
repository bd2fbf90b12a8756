"""Passwords: what is refused, what is not demanded, and hashes of the cost that is promised."""

import anyio
import pytest
from argon2 import PasswordHasher

from registry.accounts import passwords
from registry.accounts.passwords import PasswordRefused, common_words, known_of, refuse_weak

KNOWN = known_of("wang.xiaoming@example.com", "王小明")


@pytest.mark.parametrize(
    "password",
    ["kuvadorp", "四个不相干的词语连起来", "Tausend Enten im Nebel", "ruby-otter-7",
     "x" * 30 + "abcdef" + "y" * 30, " leading and trailing ", "e\u0301tude pour le soir",
     "\U0001f3d7 crane at dawn", "a" * 120 + "Q7z!" * 10],
)  # fmt: skip
def test_long_or_strange_passwords_without_any_composition_are_taken(password: str) -> None:
    refuse_weak(password, known=KNOWN)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short7!", "password-length"),
        ("", "password-length"),
        ("x7" * 129, "password-length"),
        ("password", "password-common"),
        ("P@ssw0rd", "password-common"),
        ("Password123!", "password-common"),
        ("12345678", "password-common"),
        ("hgfedcba", "password-common"),
        ("qwertyuiop", "password-common"),
        ("11111111", "password-common"),
        ("abababababab", "password-common"),
        ("woaini1314", "password-common"),
        ("GreenMat2026!", "password-common"),
        ("绿材名录绿材名录", "password-common"),
        ("我的密码123456", "password-common"),
        ("ｐａｓｓｗｏｒｄ", "password-common"),
        ("wang.xiaoming", "password-common"),
        ("王小明王小明王小明", "password-common"),
        ("example2025", "password-common"),
    ],
)
def test_what_everybody_tries_first_is_refused(password: str, code: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        refuse_weak(password, known=KNOWN)
    assert refused.value.key == code


def test_the_list_of_words_is_ours_and_in_use() -> None:
    assert len(common_words()) > 200
    assert all(word == word.casefold() for word in common_words())


def test_hashes_are_argon2id_at_the_promised_cost_and_tell_exact_passwords_apart() -> None:
    stored = passwords.hashed("ruby-otter-7 ")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(stored, "ruby-otter-7 ")
    for wrong in ("ruby-otter-7", "Ruby-otter-7 ", "", "ruby-otter-7 \x00", "\ud800"):
        assert not passwords.matches(stored, wrong)
    assert passwords.hashed("ruby-otter-7 ") != stored, "each has its own salt"


def test_nothing_matches_where_nothing_is_stored_and_it_costs_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted, not timed: an unknown login computes one hash of the same cost."""
    computed = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str, password: bytes) -> bool:
        computed.append(stored.rsplit("$", 2)[0])
        return verify(self, stored, password)

    known = passwords.hashed("ruby-otter-7")
    monkeypatch.setattr(PasswordHasher, "verify", counted)
    assert not passwords.matches(None, "ruby-otter-7")
    assert not passwords.matches(known, "wrong")
    assert not passwords.matches("no hash at all", "wrong")
    assert computed[0] == computed[1] == "$argon2id$v=19$m=19456,t=2,p=1"


def test_a_cheaper_hash_is_known_as_outdated() -> None:
    assert passwords.outdated(PasswordHasher(1, 8, 1).hash("x"))
    assert not passwords.outdated(passwords.hashed("x"))


def test_no_more_hashes_are_computed_at_once_than_there_are_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, most = [0], [0]

    def slow(_stored: str | None, _password: str) -> bool:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        anyio.from_thread.run(anyio.sleep, 0.01)
        under_way[0] -= 1
        return False

    async def many() -> None:
        hashing = passwords.Hashing()
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(hashing.matches, None, "x")

    monkeypatch.setattr(passwords, "matches", slow)
    anyio.run(many)
    assert most[0] == passwords.TURNS
