"""The list of codes to warm, in S3 or in a file, as JSON Lines: a text or a request object in each line."""

from __future__ import annotations

import json
import os
from typing import Any

import msgspec

from ..errors import InvalidRequest, Issue, ListUnavailable
from ..hashes import sha256

__all__ = ["MAX_BYTES", "MAX_LINES", "WarmList", "parse_line", "read_list"]

MAX_BYTES = 16 * 1024 * 1024
MAX_LINES = 100_000
"""Bytes and lines of the largest list that is read."""

READING_SECONDS = 20
"""How long reading the list from S3 may take."""


class WarmList(msgspec.Struct, frozen=True):
    """A list and its version.

    Attributes
    ----------
    version
        The object's ETag, or a digest of the file: it changes with the content.
    lines
        The lines that are not blank, with their numbers; `parse_line` parses a line.
    """

    version: str
    lines: list[tuple[int, bytes]]


def read_list(url: str) -> WarmList:
    """Read the list at `url`, ``s3://bucket/key`` or ``file:///path``, and skip blank lines.

    Raises
    ------
    ListUnavailable
        S3 does not return the object, the file cannot be read, or it exceeds `MAX_BYTES` or `MAX_LINES`.
    """
    text, version = _read_file(url) if url.startswith("file:") else _read_object(url)
    if len(text) > MAX_BYTES:
        raise ListUnavailable(f"The list {url} has more than {MAX_BYTES} bytes.")
    if text.count(b"\n") >= MAX_LINES:
        raise ListUnavailable(f"The list {url} has more than {MAX_LINES} lines.")
    lines = enumerate(text.split(b"\n"), start=1)
    return WarmList(version, [(number, line) for number, line in lines if line.strip()])


def _read_object(url: str) -> tuple[bytes, str]:
    """Read an object from S3, and its ETag."""
    from ..aws.s3 import S3Error, get_object

    bucket, _, key = url.removeprefix("s3://").partition("/")
    try:
        found = get_object(bucket, key, most=MAX_BYTES, seconds=READING_SECONDS)
    except S3Error as error:
        raise ListUnavailable(f"The list {url} cannot be read: {error.code}.") from None
    return found or (b"", "")


def _read_file(url: str) -> tuple[bytes, str]:
    """Read a file (RFC 8089), and a digest of it."""
    from urllib.parse import unquote

    path = unquote(url.removeprefix("file://"))
    try:
        if not os.path.isfile(path):
            raise ListUnavailable(f"The list {url} is not a file.")
        with open(path, "rb") as file:
            text = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ListUnavailable(f"The list {url} cannot be read: {type(error).__name__}.") from error
    return text, sha256(text).hexdigest()


def parse_line(number: int, line: bytes) -> str | dict[str, Any]:
    """Parse a line into a text or a request object.

    Raises
    ------
    InvalidRequest
        The line is neither.
    """
    try:
        pattern = json.loads(line)
        msgspec.json.encode(pattern)
    except UnicodeEncodeError:
        raise _line_problem(number, "holds half of a surrogate pair, which is no character") from None
    except (ValueError, RecursionError):
        raise _line_problem(number, "is not JSON") from None
    if not isinstance(pattern, str | dict):
        raise _line_problem(number, "is neither a text nor an object")
    return pattern


def _line_problem(number: int, message: str) -> InvalidRequest:
    return InvalidRequest(f"Line {number} {message}.", issues=(Issue(f"line {number}", f"The line {message}."),))
