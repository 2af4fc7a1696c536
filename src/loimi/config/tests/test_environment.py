"""Settings from outside: typed, with defaults, and a mend for what is wrong."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from loimi.config import environment
from loimi.config.environment import BadSetting, Environment


def test_nothing_set_gives_the_defaults() -> None:
    assert environment.read({}) == Environment()
    assert environment.read({"LOIMI_PORT": " ", "HOME": "/x"}) == Environment()


def test_each_setting_is_typed() -> None:
    found = environment.read(
        {
            "LOIMI_DATA": "/srv/loimi",
            "LOIMI_HOST": "0.0.0.0",  # noqa: S104 - a value, not a socket
            "LOIMI_PORT": "9000",
            "LOIMI_URL": "https://mentorointi.kaarna.example/",
            "LOIMI_PROXIES": "127.0.0.1, ::1,",
            "DATABASE_URL": "postgresql://db.example/loimi",
            "LOIMI_WORKERS": "0",
            "LOIMI_LANGUAGE": "sv",
            "LOIMI_TIME_ZONE": "Europe/Stockholm",
            "LOIMI_UPLOAD_LIMIT": "10",
            "LOIMI_UPLOAD_RATE": "0",
        }
    )
    assert found == Environment(
        data=Path("/srv/loimi"),
        host="0.0.0.0",  # noqa: S104 - a value, not a socket
        port=9000,
        url="https://mentorointi.kaarna.example/",
        proxies=("127.0.0.1", "::1"),
        database_url="postgresql://db.example/loimi",
        workers=0,
        language="sv",
        time_zone=ZoneInfo("Europe/Stockholm"),
        upload_limit=10,
        upload_rate=0,
    )
    assert found.public_url == "https://mentorointi.kaarna.example"
    assert (found.is_secure, found.hosts) == (True, ["mentorointi.kaarna.example"])


@pytest.mark.parametrize(
    ("values", "hosts"),
    [
        ({}, ["127.0.0.1", "[::1]", "localhost"]),
        ({"LOIMI_HOST": "::1"}, ["127.0.0.1", "[::1]", "localhost"]),
        ({"LOIMI_HOST": "192.0.2.7"}, ["127.0.0.1", "192.0.2.7", "[::1]", "localhost"]),
    ],
)
def test_it_answers_to_its_own_names(values: dict[str, str], hosts: list[str]) -> None:
    assert environment.read(values).hosts == hosts


@pytest.mark.parametrize(
    ("url", "public", "host", "is_secure"),
    [
        ("HTTPS://M.Example", "https://m.example", "m.example", True),
        ("http://[::1]:8000/", "http://[::1]:8000", "[::1]", False),
        ("https://m.example:444", "https://m.example:444", "m.example", True),
    ],
)
def test_an_address_is_taken_as_people_write_it(
    url: str, public: str, host: str, is_secure: bool
) -> None:
    found = environment.read({"LOIMI_URL": url, "LOIMI_HOST": "0.0.0.0"})  # noqa: S104 - a value
    assert (found.public_url, found.hosts, found.is_secure) == (public, [host], is_secure)


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("LOIMI_PORT", "http", "LOIMI_PORT: 'http' is not a whole number."),
        ("LOIMI_PORT", "70000", "LOIMI_PORT: 70000 must lie between 0 and 65535."),
        ("LOIMI_UPLOAD_LIMIT", "0", "LOIMI_UPLOAD_LIMIT: 0 must lie between 1 and 100000."),
        ("LOIMI_URL", "kaarna.example", "LOIMI_URL: 'kaarna.example' must be https:// or"),
        ("LOIMI_URL", "https://a.example/sub", "LOIMI_URL: 'https://a.example/sub' must be"),
        ("LOIMI_URL", "https://me:pw@a.example", "LOIMI_URL: 'https://me:pw@a.example' must be"),
        ("LOIMI_URL", "https://a.example:99999", "LOIMI_URL: 'https://a.example:99999' must be"),
        ("LOIMI_URL", "https://", "LOIMI_URL: 'https://' must be"),
        ("LOIMI_PROXIES", "proxy", "LOIMI_PROXIES: 'proxy' is not an address"),
        ("LOIMI_SECRET", "short", "LOIMI_SECRET must have at least 50 characters."),
        ("LOIMI_LANGUAGE", "de", "LOIMI_LANGUAGE: 'de' must be one of fi, en, sv."),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with postgresql://"),
        ("LOIMI_WORKERS", "0", "LOIMI_WORKERS: with SQLite the worker lives inside"),
        ("LOIMI_TIME_ZONE", "Mars", "LOIMI_TIME_ZONE: 'Mars' is not a time zone such as"),
    ],
)
def test_a_bad_setting_says_its_mend(name: str, value: str, mend: str) -> None:
    with pytest.raises(BadSetting) as wrong:
        environment.read({name: value})
    assert str(wrong.value)[: len(mend)] == mend
