"""What an installation can set from outside: typed, with defaults, each with its sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo


class BadSetting(ValueError):
    """A variable holds something that Loimi cannot use; the text says how to mend it."""


def _setting(name: str, default: Any, sentence: str) -> Any:
    return field(default=default, metadata={"name": name, "sentence": sentence})


@dataclass(frozen=True)
class Environment:
    """The settings of one installation, read once when it starts."""

    data: Path = _setting(
        "LOIMI_DATA",
        Path("data"),
        "Folder of this installation: database, secret, files. Made with mode 0700.",
    )
    host: str = _setting("LOIMI_HOST", "127.0.0.1", "Address that the server listens on.")
    port: int = _setting("LOIMI_PORT", 8000, "Port that the server listens on.")
    url: str = _setting(
        "LOIMI_URL",
        "",
        "Address that people open, such as https://mentorointi.kaarna.example. "
        "Empty: http://localhost with the port.",
    )
    secret: str = _setting(
        "LOIMI_SECRET",
        "",
        "The secret that servers on several machines share; at least 50 characters. "
        "Empty: made once in the data folder.",
    )
    proxies: tuple[str, ...] = _setting(
        "LOIMI_PROXIES",
        (),
        "Addresses of the proxies in front, separated by commas; only their word is taken "
        "for who a visitor is and whether the connection is safe.",
    )
    database_url: str = _setting(
        "DATABASE_URL",
        "",
        "postgresql://user:password@host/name moves the database to PostgreSQL. "
        "Empty: SQLite in the data folder.",
    )
    workers: int = _setting(
        "LOIMI_WORKERS",
        2,
        "How many promises `serve` works on at a time. 0 leaves all of them to `./loimi worker`, "
        "which needs PostgreSQL.",
    )
    language: str = _setting(
        "LOIMI_LANGUAGE", "fi", "Language of those whose browser asks for none of fi, en, sv."
    )
    time_zone: ZoneInfo = _setting(
        "LOIMI_TIME_ZONE",
        ZoneInfo("Europe/Helsinki"),
        "Time zone of those who have not chosen one.",
    )
    upload_limit: int = _setting(
        "LOIMI_UPLOAD_LIMIT", 250, "Largest request that is taken in, in megabytes."
    )
    upload_rate: int = _setting(
        "LOIMI_UPLOAD_RATE",
        1000,
        "Bytes a second that an upload must keep up after its first ten seconds; "
        "a quick start buys at most thirty.",
    )

    @property
    def public_url(self) -> str:
        """The address that people open: scheme and host, and the port where it is unusual."""
        parts = urlsplit(self.url or f"http://localhost:{self.port}")
        return f"{parts.scheme}://{parts.netloc.lower()}"

    @property
    def is_secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The host names that this installation answers to."""
        own = {_in_address(urlsplit(self.public_url).hostname or "localhost")}
        if self.host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
            own.add(_in_address(self.host))
        return sorted(own if self.url else own | {"localhost", "127.0.0.1", "[::1]"})


def declared() -> list[Field[Any]]:
    """List the settings for the documentation."""
    return list(fields(Environment))


def read(source: Mapping[str, str] | None = None) -> Environment:
    """Read the settings from the environment; raise BadSetting with the mend."""
    found = os.environ if source is None else source
    kinds = get_type_hints(Environment)
    values = {
        setting.name: _parsed(setting, kinds[setting.name], found[setting.metadata["name"]].strip())
        for setting in declared()
        if found.get(setting.metadata["name"], "").strip()
    }
    read = Environment(**values)
    _check(read)
    return read


def _parsed(setting: Field[Any], kind: Any, text: str) -> Any:
    try:
        if kind in (str, int, Path, ZoneInfo):
            return kind(text)
        return tuple(part.strip() for part in text.split(",") if part.strip())
    except (ValueError, KeyError, OSError) as wrong:
        wanted = {int: "a whole number", ZoneInfo: "a time zone such as Europe/Helsinki"}[kind]
        raise BadSetting(f"{setting.metadata['name']}: {text!r} is not {wanted}.") from wrong


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_address(url: str) -> bool:
    """Tell whether it is scheme, host and perhaps port, and nothing else."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    beside = (parts.path.rstrip("/"), parts.query, parts.fragment, parts.username, parts.password)
    return parts.scheme in {"http", "https"} and bool(host) and not any(beside)


def _is_network(text: str) -> bool:
    try:
        return bool(ip_network(text))
    except ValueError:
        return False


def _check(found: Environment) -> None:
    if found.url and not _is_address(found.url):
        raise BadSetting(
            f"LOIMI_URL: {found.url!r} must be https:// or http:// and a name, with no path."
        )
    for proxy in found.proxies:
        if not _is_network(proxy):
            raise BadSetting(f"LOIMI_PROXIES: {proxy!r} is not an address such as 127.0.0.1.")
    if found.secret and len(found.secret) < 50:
        raise BadSetting("LOIMI_SECRET must have at least 50 characters.")
    if found.language not in {"fi", "en", "sv"}:
        raise BadSetting(f"LOIMI_LANGUAGE: {found.language!r} must be one of fi, en, sv.")
    if found.database_url and not found.database_url.startswith(("postgres://", "postgresql://")):
        raise BadSetting("DATABASE_URL must begin with postgresql://; leave it empty for SQLite.")
    for name, value, least, most in (
        ("LOIMI_PORT", found.port, 0, 65535),
        ("LOIMI_WORKERS", found.workers, 0, 32),
        ("LOIMI_UPLOAD_LIMIT", found.upload_limit, 1, 100_000),
        ("LOIMI_UPLOAD_RATE", found.upload_rate, 0, 1_000_000_000),
    ):
        if not least <= value <= most:
            raise BadSetting(f"{name}: {value} must lie between {least} and {most}.")
    if not found.workers and not found.database_url:
        raise BadSetting(
            "LOIMI_WORKERS: with SQLite the worker lives inside `serve`, so 1 or more."
        )
