"""Named styles: files of the service's owner, each with fields that requests take over.

A file is read again after a minute, as logos are, and not by requests in between.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from time import monotonic
from typing import Any, Final

import msgspec

from ..assets import FRESH_SECONDS, Source, find_source
from ..assets.faults import Absent, AssetFault, TooLarge
from ..errors import BrokenStyle, InvalidRequest, Issue, Problem, StyleNotFound, StyleUnavailable
from ..hashes import sha256
from ..observability import logger
from .decode import decode_json
from .style_locks import expand_locks, lock_issues
from .style_rules import find_issues

__all__ = ["FOLDER", "HELD_STYLES", "NamedStyle", "broken_style", "find_style", "list_styles"]

FOLDER: Final = "styles"
"""The folder for styles in the bucket, or in the folder for assets."""

MAX_BYTES: Final = 64 * 1024
"""Bytes of the largest style file."""

HELD_STYLES: Final = 256
"""Names that an environment remembers, including those without a style; the least recently used are forgotten."""

RETRY_SECONDS: Final = 5
"""How long an environment that has never read a style waits after the bucket failed to return it."""

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class NamedStyle(msgspec.Struct, frozen=True):
    """A style as read from its file.

    Attributes
    ----------
    name
        The name of the file without its ending.
    fields
        The fields that requests take over, as in JSON.
    locks
        The dotted names of fields that no request may change.
    digest
        SHA-256 of the fields, in hexadecimal.
    """

    name: str
    fields: dict[str, Any]
    locks: tuple[str, ...]
    digest: str


class _Held(msgspec.Struct):
    """The style of a name, or the problem for requests that name it; and until when it need not be read again."""

    found: NamedStyle | Problem
    version: str | None
    until: float


class _Listed(msgspec.Struct):
    """The names of all styles, None if they could not be listed yet; and until when they need not be listed again."""

    names: list[str] | None
    until: float


_listed: dict[Source, _Listed] = {}
_held: OrderedDict[tuple[Source, str], _Held] = OrderedDict()


def find_style(name: Any) -> NamedStyle:
    """Return the style `name`, as it is now or was within the last minute.

    While the bucket does not answer, return the version that was read last.

    Raises
    ------
    InvalidRequest
        It is not a valid name, or the service has no styles.
    StyleNotFound
        There is no such style.
    BrokenStyle
        Its file is not a valid style.
    StyleUnavailable
        The bucket has not returned it yet.
    """
    if not isinstance(name, str) or NAME.fullmatch(name) is None:
        message = "Must be the name of a style: 1 to 64 letters, digits, hyphens and underscores."
        raise InvalidRequest.of(Issue("style", message))
    source = find_source()
    if source is None:
        raise InvalidRequest.of(Issue("style", "Must be left out: this deployment has no styles."))
    held = _held.get((source, name))
    if held is None or monotonic() >= held.until:
        held = _held[source, name] = _read(source, name, held)
        if len(_held) > HELD_STYLES:
            _held.popitem(last=False)
    _held.move_to_end((source, name))
    if isinstance(held.found, Problem):
        # A new exception each time: a traceback would grow.
        raise type(held.found)(held.found.detail, issues=held.found.issues)
    return held.found


def list_styles() -> list[str]:
    """List the names of all styles, with usable files or not, as they are now or were within the last minute.

    While the bucket does not answer, return the names that were listed last.

    Raises
    ------
    StyleUnavailable
        They have never been listed.
    """
    source = find_source()
    if source is None:
        return []
    listed = _listed.get(source)
    if listed is None or monotonic() >= listed.until:
        listed = _listed[source] = _list(source, listed)
    if listed.names is None:
        raise StyleUnavailable("The service cannot list the styles at the moment; try again in a few seconds.")
    return listed.names


def broken_style(name: str, issues: list[Issue]) -> BrokenStyle:
    """Build the problem of a style whose file has these `issues`, and log the first one."""
    file, first = f"{FOLDER}/{name}.json", issues[0]
    logger().error("a style cannot be used", extra={"file": file, "field": first.path, "error": first.message})
    detail = f"{file}: {first.path}{': ' if first.path else ''}{first.message}"
    return BrokenStyle(detail, issues=tuple([issue.within("style") for issue in issues]))


def _list(source: Source, listed: _Listed | None) -> _Listed:
    try:
        files = source.list_names(FOLDER)
    except AssetFault as fault:
        logger().warning("styles cannot be read", extra={"detail": str(fault)})
        if listed is None or listed.names is None:
            return _Listed(None, monotonic() + RETRY_SECONDS)
        return _Listed(listed.names, monotonic() + FRESH_SECONDS)
    names = [file.removesuffix(".json") for file in files if file.endswith(".json")]
    return _Listed([name for name in names if NAME.fullmatch(name)], monotonic() + FRESH_SECONDS)


def _read(source: Source, name: str, held: _Held | None) -> _Held:
    """Read the style of a name that is not known yet, or was last read a while ago."""
    file = f"{FOLDER}/{name}.json"
    version = None if held is None else held.version
    found: NamedStyle | Problem
    try:
        body, new_version = source.fetch(file, version, MAX_BYTES)
    except Absent as fault:
        logger().info("there is no such style", extra={"file": file, "error": str(fault)})
        message = "There is no such style, or the service is not allowed to read it."
        return _Held(StyleNotFound.of(Issue("style", message)), None, monotonic() + FRESH_SECONDS)
    except TooLarge:
        found = broken_style(name, [Issue("", f"Must have at most {MAX_BYTES} bytes.", limit={"max": MAX_BYTES})])
        return _Held(found, None, monotonic() + FRESH_SECONDS)
    except AssetFault as fault:
        logger().warning("styles cannot be read", extra={"file": file, "detail": str(fault)})
        if held is not None and isinstance(held.found, NamedStyle):
            return _Held(held.found, held.version, monotonic() + FRESH_SECONDS)
        again = Issue("style", "Cannot be read at the moment; try again in a few seconds.")
        return _Held(StyleUnavailable.of(again), None, monotonic() + RETRY_SECONDS)
    found = held.found if held is not None and version == new_version else _parse(name, body)
    return _Held(found, new_version, monotonic() + FRESH_SECONDS)


def _parse(name: str, body: bytes) -> NamedStyle | BrokenStyle:
    try:
        fields = decode_json(body.decode())
    except UnicodeDecodeError:
        return broken_style(name, [Issue("", "Must be text in UTF-8.")])
    except InvalidRequest as problem:
        # The decoder is the one for bodies.
        issues = [msgspec.structs.replace(each, message=_of_file(each.message)) for each in problem.issues]
        return broken_style(name, issues)
    lock = fields.pop("lock", False)
    fields, issues = find_issues(fields)
    issues += lock_issues(lock)
    if issues:
        return broken_style(name, issues)
    digest = sha256(msgspec.json.encode(fields, order="sorted")).hexdigest()
    return NamedStyle(name, fields, expand_locks(lock, fields), digest)


def _of_file(message: str) -> str:
    return message.replace("The body", "The file", 1)
