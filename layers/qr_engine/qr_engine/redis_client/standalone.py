"""One Redis server, by its URL."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from ..config import Settings
from .options import connection_options, static_login
from .pool import Server

__all__ = ["standalone"]

_URL: Final = re.compile(
    r"rediss?://(?:(?P<user>[^:@]*)(?::(?P<password>[^@]*))?@)?"
    r"(?P<host>\[[^\]]+\]|[^:/]+)(?::(?P<port>[0-9]+))?(?:/(?P<database>[0-9]*))?"
)


def standalone(settings: Settings) -> Server:
    """Make a client of the server at ``REDIS_URL``, whose scheme says whether it is encrypted."""
    match = _URL.fullmatch(settings.redis_url or "")
    if match is None:
        raise ValueError("REDIS_URL is not the address of a Redis server")
    user, password, host, port, database = match.groups()
    options = connection_options(settings, (host.strip("[]"), int(port or 6379)))
    if user or password:
        options = replace(options, login=static_login(_decode(user), _decode(password)))
    return Server(replace(options, database=int(database or 0)), settings.redis_max_connections)


def _decode(text: str | None) -> str:
    """Return a user or a password without percent-encoding, whose decoder most addresses can do without."""
    if not text or "%" not in text:
        return text or ""
    from urllib.parse import unquote

    return unquote(text)
