"""Web addresses as browsers send them: percent-encoded, with a host in ASCII (WHATWG URL, UTS 46).

Some readers truncate an address at non-ASCII characters, and others do not recognise it as a link. Python's own codec
"idna" implements the version of 2003, which turns ``straße`` into another host.
"""

import re
from typing import Final

__all__ = ["WebError", "encode_url"]

_PARTS: Final = r"(?is)(https?://)([^/?#\\]*)([/\\][^?#]*)?(\?[^#]*)?(#.*)?"
_AUTHORITY: Final = r"(?s)(.*@)?(\[[^\]]*+\]?|.*?)(:[0-9]*)?"

_FRAGMENT: Final = frozenset(' "<>`')
_QUERY: Final = frozenset(" \"#<>'")
_PATH: Final = frozenset(' "#<>?^`{}')
_USERINFO: Final = _PATH | frozenset("/;=[\\]|")
"""ASCII characters to percent-encode in each part of an http URL, besides controls (WHATWG URL, 1.3)."""

_FORBIDDEN: Final = frozenset(" #%/:<>?@[\\]^|") | frozenset(map(chr, (*range(0x20), 0x7F)))
"""Characters that a host may not contain (WHATWG URL, 3.1)."""


_LAST_PORT: Final = 65535


class WebError(ValueError):
    """An impossible host or port."""


def encode_url(written: str) -> str:
    """Write an http or https URL in ASCII; one with nothing to encode stays unchanged.

    Raises
    ------
    WebError
        There is no host, or none that a browser could look up, or no such port.
    """
    match = re.fullmatch(_PARTS, written)
    if match is None:
        return written
    scheme, authority, path, query, fragment = match.groups("")
    authority_parts = re.fullmatch(_AUTHORITY, authority)
    user, host, port = authority_parts.groups("") if authority_parts else ("", authority, "")
    number = port[1:].lstrip("0")
    if len(number) > len(str(_LAST_PORT)) or int(number or 0) > _LAST_PORT:
        raise WebError(f"Must have a port of at most {_LAST_PORT}, not {port[1:33]}.")
    return "".join(
        (
            scheme,
            _percent_encode(user[:-1], _USERINFO) + "@" if user else "",
            _encode_host(host),
            port,
            _percent_encode(path.replace("\\", "/"), _PATH),
            query[:1] + _percent_encode(query[1:], _QUERY),
            fragment[:1] + _percent_encode(fragment[1:], _FRAGMENT),
        )
    )


def _percent_encode(part: str, reserved: frozenset[str]) -> str:
    """Percent-encode what needs it; escapes stay as they are, and a lone ``%`` stands for itself."""
    part = re.sub("%(?![0-9A-Fa-f]{2})", "%25", part)
    return "".join(
        [
            sign
            if " " <= sign <= "~" and sign not in reserved
            else "".join([f"%{octet:02X}" for octet in sign.encode()])
            for sign in part
        ]
    )


def _encode_host(host: str) -> str:
    if host.startswith("["):
        return _check_ipv6(host)
    if "%" in host:
        octets = re.sub(b"%([0-9A-Fa-f]{2})", lambda octet: bytes([int(octet[1], 16)]), host.encode())
        host = octets.decode("utf-8", "replace")
    if not host.isascii():
        host = _encode_domain(host)
    if forbidden := sorted(_FORBIDDEN.intersection(host)):
        raise WebError(f"Must have a host without {forbidden[0]!r}.")
    if not all(host.removesuffix(".").split(".")):
        raise WebError("Must have a host with something on each side of every dot, such as example.com.")
    return host


def _check_ipv6(host: str) -> str:
    """Return a host in brackets unless it is no IPv6 address."""
    from ipaddress import IPv6Address

    if "]" not in host:
        raise WebError(f"Must have a ] after the address in its host, as in {host[:64]}].")
    try:
        if not host.endswith("]") or "%" in host:
            raise ValueError
        IPv6Address(host[1:-1])
    except ValueError:
        raise WebError(f"Must have an IPv6 address in the brackets of its host; {host[:64]} has none.") from None
    return host


def _encode_domain(host: str) -> str:
    """Write a host in ASCII by UTS 46, non-transitional, as browsers do (WHATWG URL, 3.3)."""
    # Imported only when needed: it takes 13 ms of a cold start.
    import idna

    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        labels = [_encode_label(label) for label in re.split("[.\u3002]", mapped)]
    except (idna.IDNAError, UnicodeError):
        raise WebError(f"Must have a valid host; {host[:64]} is not one (UTS 46).") from None
    ascii_host = ".".join(labels)
    if len(ascii_host) > 253 or any(len(label) > 63 for label in labels):
        raise WebError("Must have a host of at most 253 characters in ASCII, each label with at most 63.")
    return ascii_host


def _encode_label(label: str) -> str:
    """Check a mapped label by the validity criteria of UTS 46, 4.1, and write it in ASCII."""
    from unicodedata import category

    import idna

    if label.isascii():
        return label
    if category(label[0]).startswith("M"):
        raise idna.IDNAError("a mark begins the label")
    for index, character in enumerate(label):
        if character in "\u200c\u200d" and not idna.valid_contextj(label, index):
            raise idna.IDNAError("a joiner has nothing to join")
    idna.check_bidi(label)
    return "xn--" + label.encode("punycode").decode("ascii")
