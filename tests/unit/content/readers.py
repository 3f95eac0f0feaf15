"""Readers of the payload formats, written from their specifications alone."""

import re
from urllib.parse import unquote


def fields(text: str, scheme: str) -> list[tuple[str, str]]:
    """The fields of a MECARD or WIFI text with their values unescaped, in their order."""
    assert text.startswith(scheme + ":")
    assert text.endswith(";;")
    found = re.findall(r"([A-Z0-9]+):((?:\\.|[^\\;])*);", text[len(scheme) + 1 : -1], re.DOTALL)
    assert sum(len(name) + len(value) + 2 for name, value in found) == len(text) - len(scheme) - 2
    return [(name, unescape(value)) for name, value in found]


def unescape(value: str) -> str:
    """A MECARD value without its backslashes."""
    return re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)


def content_lines(text: str) -> list[tuple[str, str]]:
    """The content lines of a vCard or iCalendar text with their values as written (RFC 2425, 5.8.1; RFC 5545, 3.1)."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert not [line for line in lines if "\n" in line or "\r" in line or line[:1] in " \t"]
    return [(name, value) for name, _, value in (line.partition(":") for line in lines)]


def components(value: str) -> list[str]:
    """The components of a structured value, unescaped (RFC 2426, 4)."""
    parts, at = [""], 0
    while at < len(value):
        step = 2 if value[at] == "\\" else 1
        if value[at] == ";":
            parts.append("")
        else:
            parts[-1] += value[at : at + step]
        at += step
    return [plain(part) for part in parts]


def plain(value: str) -> str:
    """A text value, unescaped."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def mailto(uri: str) -> tuple[list[str], dict[str, str]]:
    """The recipients and the header fields of a mailto URI (RFC 6068, 2)."""
    assert re.fullmatch(r"mailto:[A-Za-z0-9._~!$'()*+,;:@%?&=-]+", uri)
    path, _, query = uri.removeprefix("mailto:").partition("?")
    pairs = [pair.partition("=") for pair in query.split("&")] if query else []
    return [unquote(address) for address in path.split(",")], {name: unquote(value) for name, _, value in pairs}
