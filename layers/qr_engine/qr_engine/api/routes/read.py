"""``POST /api/qr/read``: the symbols in a picture, their contents, and how well they can be read."""

from __future__ import annotations

from typing import Any

import msgspec

from ...errors import InvalidRequest, Issue
from ...reading import MAX_BYTES, ReadSymbol, read
from ...reading.picture import decode_picture
from ...request import decode_json, validate
from ...request.read_schema import ReadRequest
from ..gateway import NO_STORE, Request, Response, json_response
from ..multipart import MULTIPART, Part, read_parts
from .query_params import read_parameters

__all__ = ["JSON_LIMIT", "MULTIPART_LIMIT", "post"]

JSON_LIMIT = MAX_BYTES * 4 // 3 + 4096
"""Bytes of a body in JSON: a picture in base64, and the JSON around it."""

MULTIPART_LIMIT = MAX_BYTES + 16_384
"""Bytes of a form: a picture, and the headers of its fields."""


def post(request: Request) -> tuple[Response, str]:
    """Answer with the symbols of the picture in the body; with an empty list if there are none."""
    read_parameters(request)
    reading = read(read_picture(request))
    answer = {"symbols": [_symbol_member(symbol) for symbol in reading.symbols], "grade": reading.grade}
    return json_response(answer, headers=NO_STORE), "done"


def read_picture(request: Request) -> bytes:
    """Return the bytes of the picture: the body itself, the field ``file`` of a form, or ``image`` in JSON.

    Raises
    ------
    InvalidRequest
        There is no picture.
    TooMuchData
        The body is too large.
    """
    content_type = request.header("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        return _read_form(read_parts(request.octets(MULTIPART_LIMIT), content_type))
    body = request.octets(JSON_LIMIT)
    # Programs send JSON under other content types too, and no picture begins like it.
    if kind == "application/json" or body.lstrip().startswith(b"{"):
        return decode_picture(validate(decode_json(request.text(JSON_LIMIT)), ReadRequest).image)
    return body


def _read_form(parts: list[Part]) -> bytes:
    issues = [
        Issue(part.name[:64], "Is not a field of this form.", allowed=("file",))
        for part in parts
        if part.name != "file"
    ]
    if len(parts) - len(issues) > 1:
        issues.append(Issue("file", "Must be given only once: the service reads one picture at a time."))
    elif len(parts) == len(issues):
        issues.append(Issue("file", "Must be given: this field of the form contains the picture."))
    if issues:
        raise InvalidRequest.of(*issues)
    return parts[0].value


def _symbol_member(symbol: ReadSymbol) -> dict[str, Any]:
    member: dict[str, Any] = msgspec.to_builtins(symbol)
    if symbol.parsed is not None:
        # Leave out fields that are not set, as a request does.
        member["parsed"] = {name: value for name, value in member["parsed"].items() if value is not None}
    return member
