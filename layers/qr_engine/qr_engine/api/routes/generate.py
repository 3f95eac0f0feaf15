"""``GET`` and ``POST /api/qr/generate``: the picture itself, or the JSON envelope around it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from ...errors import InvalidRequest, Issue, TooMuchData
from ...pipeline.engine import Code, engine
from ...render import FORMATS
from ...request import CanonicalRequest, cache_key, canonical_bytes, decode_json, decode_pairs, parse
from ..gateway import Request, Response, json_response, not_modified_response, picture_response
from ..negotiation import accepts_gzip, best_match, matching_etag
from ..query_string import parse_query
from .query_params import read_parameters

__all__ = ["BODY_LIMIT", "envelope", "get", "post", "too_large_problem"]

BODY_LIMIT = 2816 * 1024
"""Bytes of a body for one code: the largest logo in base64, and the longest text with every character escaped."""

ANSWER_LIMIT = 6_000_000
"""Bytes of an answer as Lambda hands it to API Gateway, in base64 or escaped in JSON: 6 MB at most with its headers."""

MAX_REMEMBERED_QUERY = 1024
"""Characters of a query string that is short enough to be kept with what it means."""

ENVELOPE = "application/json"

_CONTENT_TYPES = tuple(entry.content_type for entry in FORMATS.values())
_FORMAT_OF_TYPE = {entry.content_type: name for name, entry in FORMATS.items()}
# What a picture consists of is in it: bitmaps in data URIs, and the style sheets of SVG logos.
_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
_SWITCH = {"1": True, "true": True, "0": False, "false": False}


class ParsedQuery(msgspec.Struct, frozen=True):
    """A GET, understood.

    Attributes
    ----------
    request, key
        What to draw, and its cache key.
    cached, download
        Whether the cache may answer, and whether the picture is to be saved as a file.
    headers
        What every answer to it says.
    """

    request: CanonicalRequest
    key: str
    cached: bool
    download: bool
    headers: dict[str, str]


def get(request: Request) -> tuple[Response, str]:
    """The picture that the query string describes; 304 to a client that has it."""
    default_format = _FORMAT_OF_TYPE[best_match(request.header("accept", "*/*"), _CONTENT_TYPES)]
    raw = request.raw_query
    if raw is None or len(raw) > MAX_REMEMBERED_QUERY:
        parsed = _parse_fields(request.query, default_format)
    else:
        try:
            parsed = _parse_raw_query(raw, default_format)
        except _Fleeting as found:
            parsed = found.asked
    if_none_match = request.header("if-none-match", "")
    if if_none_match:
        codings = (False, True) if accepts_gzip(request.header("accept-encoding", "")) else (False,)
        etag = matching_etag(tuple([_etag(parsed.key, gzipped=gzipped) for gzipped in codings]), if_none_match)
        if etag is not None:
            return not_modified_response({**parsed.headers, "ETag": etag}), "not_modified"
    code = engine().generate(parsed.request, cached=parsed.cached, remaining_ms=request.remaining_ms)
    return _respond(request, code, parsed.request, parsed.headers, download=parsed.download), code.source


# The address of a picture in a page is asked for as often as the page: it is read and checked once.
@lru_cache(maxsize=512)
def _parse_raw_query(raw: str, default_format: str) -> ParsedQuery:
    parsed = _parse_fields(parse_query(raw), default_format)
    if _asset_key(parsed.request):
        raise _Fleeting(parsed)
    return parsed


class _Fleeting(Exception):
    """What a query means hangs on an asset, which may be another one in a minute; what is raised is not remembered."""

    def __init__(self, asked: ParsedQuery) -> None:
        super().__init__()
        self.asked = asked


def _asset_key(canonical: CanonicalRequest) -> str:
    """The key of the asset that decides what the picture looks like; empty for none."""
    logo = None if canonical.style is None else canonical.style.logo
    return "" if logo is None else logo.asset


def _parse_fields(pairs: list[tuple[str, str]], default_format: str) -> ParsedQuery:
    """What a query asks for, in the format `default_format` where it names none."""
    fields = decode_pairs(pairs)
    download = _pop_download(fields)
    negotiated = "format" not in fields
    if negotiated:
        fields["format"] = default_format
    qr_request, canonical = parse(fields, strict=False)
    headers = {
        "Cache-Control": _cache_control(canonical),
        "Vary": "Accept, Accept-Encoding" if negotiated else "Accept-Encoding",
    }
    return ParsedQuery(canonical, cache_key(canonical_bytes(canonical)), qr_request.cache, download, headers)


def post(request: Request) -> tuple[Response, str]:
    """The envelope, or the picture itself where `Accept` would rather have that."""
    fields = decode_json(request.text(BODY_LIMIT))
    download = _pop_download(read_parameters(request, "download"))
    accept = request.header("accept", ENVELOPE)
    format_name = fields.get("format")
    offered = (
        (FORMATS[format_name].content_type,)
        if isinstance(format_name, str) and format_name in FORMATS
        else _CONTENT_TYPES
    )
    content_type = ENVELOPE if format_name == "json" else best_match(accept, (ENVELOPE, *offered))
    if content_type != ENVELOPE and format_name is None:
        fields["format"] = _FORMAT_OF_TYPE[content_type]
    qr_request, canonical = parse(fields)
    code = engine().generate(canonical, cached=qr_request.cache, remaining_ms=request.remaining_ms)
    if content_type != ENVELOPE:
        headers = {"Vary": "Accept, Accept-Encoding"}
        return _respond(request, code, canonical, headers, download=download), code.source
    headers = {"Vary": "Accept", "X-Cache": code.source, "Server-Timing": _server_timing(code)}
    return _check_length(json_response({"success": True, **envelope(code)}, headers=headers), canonical), code.source


def envelope(code: Code) -> dict[str, Any]:
    """The members of the JSON answer for `code`."""
    picture_format = FORMATS[code.format]
    body = code.entry.picture()
    return {
        "data": base64.b64encode(body).decode() if picture_format.binary else body.decode(),
        "encoding": "base64" if picture_format.binary else "utf-8",
        "content_type": picture_format.content_type,
        "format": code.format,
        "etag": _etag(code.key),
        "cached": code.source if code.source in ("memory", "redis") else False,
        "metadata": code.describe(),
    }


def _respond(
    request: Request, code: Code, canonical: CanonicalRequest, headers: Mapping[str, str], *, download: bool
) -> Response:
    picture_format = FORMATS[code.format]
    # What is kept compressed goes out as it is kept, to those who can read it.
    gzipped = code.entry.gzipped and accepts_gzip(request.header("accept-encoding", ""))
    all_headers = {
        **headers,
        "Content-Type": picture_format.content_type,
        "ETag": _etag(code.key, gzipped=gzipped),
        "X-Cache": code.source,
        "Server-Timing": _server_timing(code),
    }
    if gzipped:
        all_headers["Content-Encoding"] = "gzip"
    if code.format == "svg":
        all_headers["Content-Security-Policy"] = _CSP
    if download:
        all_headers["Content-Disposition"] = (
            f'attachment; filename="{_file_name(canonical.text)}.{picture_format.extension}"'
        )
    body = code.entry.body if gzipped else code.entry.picture()
    return _check_length(
        picture_response(body, binary=picture_format.binary or gzipped, headers=all_headers), canonical
    )


def _check_length(response: Response, canonical: CanonicalRequest) -> Response:
    """The response, if it is not larger than what Lambda returns.

    Raises
    ------
    TooMuchData
        It is; see `too_large_problem`.
    """
    # The longest escape of one character in JSON has six.
    if 6 * len(response["body"]) <= ANSWER_LIMIT:
        return response
    length = len(json.dumps(response["body"]))
    if length <= ANSWER_LIMIT:
        return response
    raise too_large_problem(canonical.format, canonical.size, length, ANSWER_LIMIT)


def too_large_problem(format_name: str, size: int, length: int, limit: int) -> TooMuchData:
    """The problem of a picture that no answer holds; it says which size fits, where pixels are what takes the room.

    Parameters
    ----------
    size
        The longer side of the picture, in pixels.
    length, limit
        The bytes that the picture alone takes of an answer, and those that an answer has.
    """
    if FORMATS[format_name].raster:
        # What a picture takes grows with its side, if it is all edges, up to with its area, if it is all grain.
        largest = int(size * limit / length * 0.95)
        issue = Issue(
            "size", f"Must be at most {largest} for the answer to fit.", limit={"max": largest}, suggestion=largest
        )
    else:
        issue = Issue("logo", "Must have fewer pixels or colours: it is the largest part of the picture.")
    detail = f"The answer would have {length} bytes, and the service returns at most {limit}."
    return TooMuchData(detail, issues=(issue,), limit=limit, needed=length, unit="bytes")


def _cache_control(canonical: CanonicalRequest) -> str:
    """How long caches on the way may keep the picture: for ever, unless an asset decides what it looks like."""
    if _asset_key(canonical):
        from ...logo.assets import FRESH_SECONDS

        return f"public, max-age={FRESH_SECONDS}"
    return "public, max-age=31536000, immutable"


def _etag(key: str, *, gzipped: bool = False) -> str:
    """The strong validator of a picture; a coding of its own makes it another one (RFC 9110, 8.8.3.3)."""
    return f'"{key}-gzip"' if gzipped else f'"{key}"'


def _server_timing(code: Code) -> str:
    return f"cache;dur={code.lookup_ms:.3f}, draw;dur={code.draw_ms:.3f}"


def _pop_download(fields: dict[str, Any]) -> bool:
    """Take `download` out of the parameters: it is about the delivery, not about the code."""
    value = fields.pop("download", "0")
    if not isinstance(value, str) or value not in _SWITCH:
        raise InvalidRequest.of(Issue("download", "Must be 1 or 0.", allowed=tuple(_SWITCH)))
    return _SWITCH[value]


def _file_name(text: str) -> str:
    plain = re.sub(r"^[a-z]+://", "", text[:80].lower())
    return "-".join(["qr", *re.findall(r"[a-z0-9](?:[a-z0-9.]*[a-z0-9])?", plain)])[:48]
