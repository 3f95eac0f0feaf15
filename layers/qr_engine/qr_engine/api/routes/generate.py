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
from ...request import CanonicalRequest, cache_key, canonical_bytes, object_of_json, object_of_pairs, parse
from ..gateway import Request, Response, json_response, not_modified, picture_response
from ..negotiation import already_has, preferred, takes_gzip
from ..query_string import query_pairs
from .query_params import parameters

__all__ = ["BODY_LIMIT", "envelope", "get", "post", "too_large"]

BODY_LIMIT = 2816 * 1024
"""Bytes of a body for one code: the largest logo in base64, and the longest text with every character escaped."""

ANSWER_LIMIT = 6_000_000
"""Bytes of an answer as Lambda hands it to API Gateway, in base64 or escaped in JSON: 6 MB at most with its headers."""

REMEMBERED_QUERY = 1024
"""Characters of a query string that is short enough to be kept with what it means."""

ENVELOPE = "application/json"

_OFFERED = tuple(entry.content_type for entry in FORMATS.values())
_BY_TYPE = {entry.content_type: name for name, entry in FORMATS.items()}
# What a picture consists of is in it: bitmaps in data URIs, and the style sheets of SVG logos.
_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
_SWITCH = {"1": True, "true": True, "0": False, "false": False}


class Asked(msgspec.Struct, frozen=True):
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
    preference = _BY_TYPE[preferred(request.header("accept", "*/*"), _OFFERED)]
    raw = request.raw_query
    if raw is None or len(raw) > REMEMBERED_QUERY:
        asked = _asked(request.query, preference)
    else:
        try:
            asked = _remembered(raw, preference)
        except _Fleeting as found:
            asked = found.asked
    if_none_match = request.header("if-none-match", "")
    if if_none_match:
        codings = (False, True) if takes_gzip(request.header("accept-encoding", "")) else (False,)
        known = already_has(tuple([_etag(asked.key, gzipped=gzipped) for gzipped in codings]), if_none_match)
        if known is not None:
            return not_modified({**asked.headers, "ETag": known}), "not_modified"
    code = engine().generate(asked.request, cached=asked.cached, remaining_ms=request.remaining_ms)
    return _picture(request, code, asked.request, asked.headers, download=asked.download), code.source


# The address of a picture in a page is asked for as often as the page: it is read and checked once.
@lru_cache(maxsize=512)
def _remembered(raw: str, preference: str) -> Asked:
    asked = _asked(query_pairs(raw), preference)
    if _asset(asked.request):
        raise _Fleeting(asked)
    return asked


class _Fleeting(Exception):
    """What a query means hangs on an asset, which may be another one in a minute; what is raised is not remembered."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked


def _asset(canonical: CanonicalRequest) -> str:
    """The key of the asset that decides what the picture looks like; empty for none."""
    logo = None if canonical.style is None else canonical.style.logo
    return "" if logo is None else logo.asset


def _asked(pairs: list[tuple[str, str]], preference: str) -> Asked:
    """What a query asks for, in the format of `preference` where it names none."""
    value = object_of_pairs(pairs)
    download = _download(value)
    negotiated = "format" not in value
    if negotiated:
        value["format"] = preference
    wanted, canonical = parse(value, strict=False)
    headers = {
        "Cache-Control": _lifetime(canonical),
        "Vary": "Accept, Accept-Encoding" if negotiated else "Accept-Encoding",
    }
    return Asked(canonical, cache_key(canonical_bytes(canonical)), wanted.cache, download, headers)


def post(request: Request) -> tuple[Response, str]:
    """The envelope, or the picture itself where `Accept` would rather have that."""
    asked = object_of_json(request.text(BODY_LIMIT))
    download = _download(parameters(request, "download"))
    accept = request.header("accept", ENVELOPE)
    fixed = asked.get("format")
    offered = (FORMATS[fixed].content_type,) if isinstance(fixed, str) and fixed in FORMATS else _OFFERED
    chosen = ENVELOPE if fixed == "json" else preferred(accept, (ENVELOPE, *offered))
    if chosen != ENVELOPE and fixed is None:
        asked["format"] = _BY_TYPE[chosen]
    wanted, canonical = parse(asked)
    code = engine().generate(canonical, cached=wanted.cache, remaining_ms=request.remaining_ms)
    if chosen != ENVELOPE:
        headers = {"Vary": "Accept, Accept-Encoding"}
        return _picture(request, code, canonical, headers, download=download), code.source
    headers = {"Vary": "Accept", "X-Cache": code.source, "Server-Timing": _timing(code)}
    return _sendable(json_response({"success": True, **envelope(code)}, headers=headers), canonical), code.source


def envelope(code: Code) -> dict[str, Any]:
    """The members of the JSON answer for `code`."""
    form = FORMATS[code.format]
    body = code.entry.picture()
    return {
        "data": base64.b64encode(body).decode() if form.binary else body.decode(),
        "encoding": "base64" if form.binary else "utf-8",
        "content_type": form.content_type,
        "format": code.format,
        "etag": _etag(code.key),
        "cached": code.source if code.source in ("memory", "redis") else False,
        "metadata": code.describe(),
    }


def _picture(
    request: Request, code: Code, canonical: CanonicalRequest, headers: Mapping[str, str], *, download: bool
) -> Response:
    form = FORMATS[code.format]
    # What is kept compressed goes out as it is kept, to those who can read it.
    gzipped = code.entry.gzipped and takes_gzip(request.header("accept-encoding", ""))
    sent = {
        **headers,
        "Content-Type": form.content_type,
        "ETag": _etag(code.key, gzipped=gzipped),
        "X-Cache": code.source,
        "Server-Timing": _timing(code),
    }
    if gzipped:
        sent["Content-Encoding"] = "gzip"
    if code.format == "svg":
        sent["Content-Security-Policy"] = _CSP
    if download:
        sent["Content-Disposition"] = f'attachment; filename="{_file_name(canonical.text)}.{form.extension}"'
    body = code.entry.body if gzipped else code.entry.picture()
    return _sendable(picture_response(body, binary=form.binary or gzipped, headers=sent), canonical)


def _sendable(response: Response, canonical: CanonicalRequest) -> Response:
    """The response, if it is not larger than what Lambda returns.

    Raises
    ------
    TooMuchData
        It is; see `too_large`.
    """
    # The longest escape of one character in JSON has six.
    if 6 * len(response["body"]) <= ANSWER_LIMIT:
        return response
    length = len(json.dumps(response["body"]))
    if length <= ANSWER_LIMIT:
        return response
    raise too_large(canonical.format, canonical.size, length, ANSWER_LIMIT)


def too_large(form: str, size: int, length: int, limit: int) -> TooMuchData:
    """The problem of a picture that no answer holds; it says which size fits, where pixels are what takes the room.

    Parameters
    ----------
    size
        The longer side of the picture, in pixels.
    length, limit
        The bytes that the picture alone takes of an answer, and those that an answer has.
    """
    if FORMATS[form].raster:
        # What a picture takes grows with its side, if it is all edges, up to with its area, if it is all grain.
        fits = int(size * limit / length * 0.95)
        issue = Issue("size", f"Must be at most {fits} for the answer to fit.", limit={"max": fits}, suggestion=fits)
    else:
        issue = Issue("logo", "Must have fewer pixels or colours: it is the largest part of the picture.")
    detail = f"The answer would have {length} bytes, and the service returns at most {limit}."
    return TooMuchData(detail, issues=(issue,), limit=limit, needed=length, unit="bytes")


def _lifetime(canonical: CanonicalRequest) -> str:
    """How long caches on the way may keep the picture: for ever, unless an asset decides what it looks like."""
    if _asset(canonical):
        from ...logo.assets import FRESH_SECONDS

        return f"public, max-age={FRESH_SECONDS}"
    return "public, max-age=31536000, immutable"


def _etag(key: str, *, gzipped: bool = False) -> str:
    """The strong validator of a picture; a coding of its own makes it another one (RFC 9110, 8.8.3.3)."""
    return f'"{key}-gzip"' if gzipped else f'"{key}"'


def _timing(code: Code) -> str:
    return f"cache;dur={code.lookup_ms:.3f}, draw;dur={code.draw_ms:.3f}"


def _download(query: dict[str, Any]) -> bool:
    """Take `download` out of the parameters: it is about the delivery, not about the code."""
    value = query.pop("download", "0")
    if not isinstance(value, str) or value not in _SWITCH:
        raise InvalidRequest.of(Issue("download", "Must be 1 or 0.", allowed=tuple(_SWITCH)))
    return _SWITCH[value]


def _file_name(text: str) -> str:
    plain = re.sub(r"^[a-z]+://", "", text[:80].lower())
    return "-".join(["qr", *re.findall(r"[a-z0-9](?:[a-z0-9.]*[a-z0-9])?", plain)])[:48]
