"""Settings: read from the environment, refused by name when unknown or unreadable."""

from pathlib import Path

import pytest

from registry.kit import settings
from registry.kit.settings import Mode, Settings, SettingsRefused


def test_an_empty_environment_gives_the_demonstration_on_sqlite() -> None:
    found = settings.load({})
    assert (found.mode, found.database_url, found.host) == (Mode.DEMONSTRATION, "", "127.0.0.1")


def test_every_setting_is_read_from_its_variable() -> None:
    found = settings.load(
        {
            "GREENMAT_MODE": "production",
            "GREENMAT_DATA_DIR": "/srv/名录 data",
            "GREENMAT_PORT": "0",
            "GREENMAT_THREADS": "4",
        }
    )
    assert (found.mode, found.port, found.threads) == (Mode.PRODUCTION, 0, 4)
    assert found.sqlite_path == Path("/srv/名录 data/greenmat.db")


@pytest.mark.parametrize("name", ["GREENMAT_PROT", "GREENMAT_", "GREENMAT_DATABASE"])
def test_an_unknown_variable_stops_the_start_by_name(name: str) -> None:
    with pytest.raises(SettingsRefused, match=f"Unknown settings: {name}"):
        settings.load({name: "1", "PATH": "/bin"})


def test_variables_of_the_tests_and_of_others_are_none_of_ours() -> None:
    assert settings.load(
        {"GREENMAT_TEST_POSTGRES": "x", "greenmat_lower": "1", "HOME": "h"}
    ) == settings.load({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GREENMAT_PORT", "65536"), ("GREENMAT_PORT", "-1"), ("GREENMAT_PORT", "http"),
        ("GREENMAT_MODE", "prod"), ("GREENMAT_THREADS", "1"),
        ("GREENMAT_LOG_FORMAT", "xml"), ("GREENMAT_CHECK_DAYS", "0"),
    ],
)  # fmt: skip
def test_an_unreadable_value_stops_the_start_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=f"Unreadable settings: {name}"):
        settings.load({name: value})


def test_every_setting_says_what_it_means() -> None:
    assert all(field.description for field in Settings.model_fields.values())
