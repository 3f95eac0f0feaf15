"""Where the server listens, with how many workers, and who may operate it: from the environment, checked at start."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

import msgspec

__all__ = ["DEFAULTS", "ServerSettings", "load"]


class ServerSettings(msgspec.Struct, frozen=True):
    """The settings of the server; each is the environment variable of the same name in capitals.

    Attributes
    ----------
    host
        The IP address that it listens at.
    port
        Its TCP port.
    workers
        How many processes answer requests.
    admin_token
        The token for the operators' routes at an address that other computers reach; None closes them there.
    """

    host: str = "127.0.0.1"
    port: int = 3000
    workers: int = 1
    admin_token: str | None = None

    @property
    def is_loopback(self) -> bool:
        """Whether only this computer reaches the server, judged by the address it is bound to, not by a request."""
        return ipaddress.ip_address(self.host).is_loopback

    @property
    def url(self) -> str:
        """The address at which this computer reaches the server."""
        address = ipaddress.ip_address(self.host)
        if address.is_unspecified:
            address = ipaddress.ip_address("127.0.0.1" if address.version == 4 else "::1")
        return f"http://{address}:{self.port}" if address.version == 4 else f"http://[{address}]:{self.port}"

    def __repr__(self) -> str:
        """Show every setting, but of the token only that it is set."""
        token = "…" if self.admin_token else None
        return f"ServerSettings({self.host!r}, {self.port}, {self.workers}, admin_token={token!r})"


DEFAULTS = ServerSettings()


def load(environment: Mapping[str, str]) -> ServerSettings:
    """Read the settings from `environment`; an empty variable counts as unset.

    Raises
    ------
    ValueError
        A value is invalid; the message names the variable and its valid values.
    """
    token = environment.get("ADMIN_TOKEN", "").strip() or None
    if token is not None and not re.fullmatch(r"[!-~]+", token):
        raise ValueError(
            "ADMIN_TOKEN must have only visible ASCII characters and no spaces, because it is sent in a header."
        )
    return ServerSettings(
        _read_host(environment.get("HOST", "").strip() or DEFAULTS.host),
        _read_number(environment, "PORT", DEFAULTS.port, 65_535),
        _read_number(environment, "WORKERS", DEFAULTS.workers, 64),
        token,
    )


def _read_host(value: str) -> str:
    if value == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(value.strip("[]")))
    except ValueError:
        raise ValueError(
            "HOST must be an IP address of this computer, such as 127.0.0.1, or 0.0.0.0 for all of them, "
            f"not {value!r}."
        ) from None


def _read_number(environment: Mapping[str, str], name: str, default: int, highest: int) -> int:
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= highest):
        raise ValueError(f"{name} must be a whole number from 1 to {highest}, not {value!r}.")
    return int(value)
