r"""Joining a wireless network: ``WIFI:T:…;S:…;P:…;;``, as described by the ZXing project's "Barcode Contents" page.

segno's ``make_wifi_data`` is not used: it leaves commas unescaped, ends a hidden network with one semicolon instead of
two, and has no fields for WPA2 Enterprise.

Values that look like hexadecimal digits are not put in quotation marks. Only one retired Android application needed the
marks. Android adds its own, and iOS reads them as part of the password and cannot join (Shane32/QRCoder, issue 440 and
pull request 334). A password is never ambiguous, since keys in hexadecimal have lengths that passwords cannot have.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ..errors import Issue
from .escape import escape_backslash
from .fields import Line, Text

__all__ = ["Wifi", "wifi_issues", "write_wifi"]

Security = Literal["WPA", "WPA2", "WPA3", "SAE", "WEP", "nopass", "WPA2-EAP"]
Password = Annotated[Line, Meta(max_length=128)]


class Wifi(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="wifi"):
    """A wireless network that a phone offers to join."""

    ssid: Annotated[Line, Meta(max_length=32, description="The network's name, at most 32 octets in UTF-8.")]
    password: Annotated[
        Password | None,
        Meta(
            description="WPA: 8 to 63 octets or 64 hexadecimal digits; WEP: 5, 13 or 29 octets or 10, 26 or 58 digits."
        ),
    ] = None
    security: Annotated[
        Security | None,
        Meta(
            description="`WPA` or `WPA2` for WPA, WPA2 and mixed WPA3; `SAE` or `WPA3` for WPA3; `WPA2-EAP` for WPA "
            "Enterprise. "
            "If not given: `WPA` with a password, else `nopass`."
        ),
    ] = None
    hidden: Annotated[bool, Meta(description="Whether the network hides its name.")] = False
    eap_method: Annotated[Text | None, Meta(description="`WPA2-EAP` only.", examples=["PEAP", "TTLS"])] = None
    identity: Annotated[Text | None, Meta(description="`WPA2-EAP` only: the user's name.")] = None
    anonymous_identity: Annotated[Text | None, Meta(description="`WPA2-EAP` only: the outer identity.")] = None
    phase2: Annotated[Text | None, Meta(description="`WPA2-EAP` only: the inner method.", examples=["MSCHAPV2"])] = None


def wifi_issues(wifi: Wifi) -> Iterator[Issue]:
    """Find what is wrong with the network beyond the shape of its fields (IEEE 802.11-2020, 9.4.2.2 and J.4)."""
    octets = len(wifi.ssid.encode())
    if octets > 32:
        yield Issue("ssid", f"Must take at most 32 octets in UTF-8, not {octets}.", limit={"max": 32})
    security = _print_security(wifi)
    if security == "nopass":
        if wifi.password is not None:
            yield Issue("password", "Must be left out if security is nopass.")
    elif wifi.password is None and security != "WPA2-EAP":
        yield Issue("password", f"Must be given if security is {security}.")
    elif wifi.password is not None and (rule := _PASSWORD_RULES.get(security)):
        allowed, sentence = rule
        octets = len(wifi.password.encode())
        if octets not in allowed and not (octets in _HEX_LENGTHS[security] and _is_hexadecimal(wifi.password)):
            yield Issue("password", f"Must have {sentence} if security is {security}, not {octets} octets.")
    if security == "WPA2-EAP":
        if wifi.eap_method is None:
            yield Issue("eap_method", "Must be given if security is WPA2-EAP, for example PEAP or TTLS.")
        return
    for field in ("eap_method", "identity", "anonymous_identity", "phase2"):
        if getattr(wifi, field) is not None:
            yield Issue(field, f"Must be left out if security is {security}: it is only for WPA2-EAP.")


def write_wifi(wifi: Wifi) -> str:
    """Write the network as the text of a symbol."""
    fields = (
        ("T", _print_security(wifi)),
        ("S", wifi.ssid),
        ("E", wifi.eap_method),
        ("A", wifi.anonymous_identity),
        ("I", wifi.identity),
        ("PH2", wifi.phase2),
        ("P", wifi.password),
        ("H", "true" if wifi.hidden else None),
    )
    return "WIFI:" + "".join(f"{name}:{escape_backslash(value)};" for name, value in fields if value is not None) + ";"


_PASSWORD_RULES: dict[str, tuple[range | tuple[int, ...], str]] = {
    "WPA": (range(8, 64), "8 to 63 octets, or 64 hexadecimal digits"),
    "WEP": ((5, 13, 29), "5, 13 or 29 octets, or 10, 26 or 58 hexadecimal digits"),
}
_HEX_LENGTHS = {"WPA": (64,), "WEP": (10, 26, 58)}


def _print_security(wifi: Wifi) -> str:
    """Return the word for the security that readers know."""
    security = wifi.security or ("nopass" if wifi.password is None else "WPA")
    return _SPELLINGS.get(security, security)


_SPELLINGS = {"WPA2": "WPA", "WPA3": "SAE"}
"""The names on the box, where the format uses others (Android: ``T:WPA`` also covers WPA2, ``T:SAE`` is WPA3)."""


def _is_hexadecimal(value: str) -> bool:
    return all(character in "0123456789abcdefABCDEF" for character in value)
