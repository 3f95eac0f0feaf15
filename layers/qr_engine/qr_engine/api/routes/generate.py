"""``GET`` and ``POST /api/qr/generate``: the picture itself, or a JSON envelope around it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from ...errors import InvalidRequest, Issue, NotFound, Problem, TooMuchData
from ...pipeline.engine import Code, engine
from ...render import FORMATS
from ...request import CanonicalRequest, cache_key, canonical_bytes, decode_json, decode_pairs, parse, parse_parameters
from ..gateway import Request, Response, json_response, not_modified_response, picture_response
from ..negotiation import accepts_gzip, best_match, matching_etag, preferred_image
from ..query_string import is_cache_buster, parse_query
from .query_params import read_parameters

__all__ = ["BODY_LIMIT", "envelope", "etag_of", "get", "get_by_ending", "picture_answer", "post", "too_large_problem"]

BODY_LIMIT = 2816 * 1024
"""Bytes of a body for one code: the largest logo in base64 and the longest text with every character escaped."""

ANSWER_LIMIT = 6_000_000
"""Bytes of an answer as Lambda passes it to API Gateway, in base64 or escaped in JSON: with headers 6 MB at most."""

MAX_REMEMBERED_QUERY = 1024
"""Characters of the longest query string that is remembered with its meaning."""

REMEMBERED_QUERIES = 512

ENVELOPE = "application/json"

VIEWER_ACCEPT = "x-viewer-accept"
"""The header in which the function of CloudFront passes the caller's `Accept` on."""

_CONTENT_TYPES = tuple(entry.content_type for entry in FORMATS.values())
_FORMAT_OF_TYPE = {entry.content_type: name for name, entry in FORMATS.items()}
_IMAGE_TYPES = tuple([entry for entry in _CONTENT_TYPES if entry.startswith("image/")])
_FORMAT_OF_ENDING = {entry.extension: name for name, entry in FORMATS.items()} | {"jpeg": "jpeg"}
# A picture contains all it needs: bitmaps in data URIs, and the style sheets of SVG logos.
_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
_SWITCH = {"1": True, "true": True, "0": False, "false": False, "yes": True, "on": True, "no": False, "off": False}


class ParsedQuery(msgspec.Struct, frozen=True):
    """A query string and its meaning.

    Attributes
    ----------
    request, key
        The canonical request and its cache key.
    cached, download
        Whether the cache may answer, and whether the browser shall save the picture as a file.
    headers
        The headers that every answer has, 304 too.
    """

    request: CanonicalRequest
    key: str
    cached: bool
    download: bool
    headers: dict[str, str]


def get(request: Request) -> tuple[Response, str]:
    """Answer with the picture that the query string describes; 304 to a client that has it."""
    try:
        return _get_picture(request, _FORMAT_OF_TYPE[best_match(request.header("accept", "*/*"), _CONTENT_TYPES)])
    except Problem as problem:
        return _refuse(request, problem, None)


def get_by_ending(request: Request) -> tuple[Response, str]:
    """Answer at a path whose ending is the format, such as ``generate.png``, as mail and spreadsheets need it."""
    name, _, ending = request.path_parameter("picture").rpartition(".")
    format_name = _FORMAT_OF_ENDING.get(ending.lower())
    if name != "generate" or format_name is None:
        raise NotFound(f"There is no such route; generate takes the endings {', '.join(_FORMAT_OF_ENDING)}.")
    try:
        return _get_picture(request, f".{format_name}")
    except Problem as problem:
        return _refuse(request, problem, format_name)


def _refuse(request: Request, problem: Problem, format_name: str | None) -> tuple[Response, str]:
    """Answer with `problem` as a picture where the caller shows nothing but pictures.

    Parameters
    ----------
    format_name
        The ending of the path; None where it has none, and `Accept` tells.

    Raises
    ------
    Problem
        The same one, for a caller who reads it.
    """
    if format_name is None:
        # CloudFront reduces `Accept` to the format of the picture.
        accept = request.header(VIEWER_ACCEPT, "") or request.header("accept", "")
        format_name = _FORMAT_OF_TYPE.get(preferred_image(accept, _IMAGE_TYPES) or "")
    if format_name is None or format_name in ("txt", "json"):
        raise problem
    from ..problem_picture import problem_picture_response

    return problem_picture_response(problem, format_name), "rejected" if problem.status < 500 else "failed"


def _get_picture(request: Request, default_format: str) -> tuple[Response, str]:
    """Answer with the picture; `default_format` begins with a dot where the query may name no other."""
    raw = request.raw_query
    parsed = _remembered.get((raw, default_format)) or _parse_query(request, raw, default_format)
    if_none_match = request.header("if-none-match", "")
    if if_none_match:
        codings = (False, True) if accepts_gzip(request.header("accept-encoding", "")) else (False,)
        etag = matching_etag(tuple([etag_of(parsed.key, gzipped=gzipped) for gzipped in codings]), if_none_match)
        if etag is not None:
            return not_modified_response({**parsed.headers, "ETag": etag}), "not_modified"
    _refuse_too_large(parsed.request)
    code = engine().generate(parsed.request, cached=parsed.cached, remaining_ms=request.remaining_ms)
    return picture_answer(request, code, parsed.request, parsed.headers, download=parsed.download), code.source


_remembered: dict[tuple[str | None, str], ParsedQuery] = {}
"""The query strings that came last with their default formats, the oldest first, and their meanings."""


def _parse_query(request: Request, raw: str | None, default_format: str) -> ParsedQuery:
    """Parse the query string and remember its meaning: a page asks for its picture at each view."""
    if raw is None or len(raw) > MAX_REMEMBERED_QUERY:
        return _parse_fields(request.query, default_format)
    parsed = _parse_fields(parse_query(raw), default_format)
    # An asset may be replaced within a minute, and the canonical request has the digest of the old one.
    if not _asset_key(parsed.request):
        if len(_remembered) >= REMEMBERED_QUERIES:
            del _remembered[next(iter(_remembered))]
        _remembered[raw, default_format] = parsed
    return parsed


def _asset_key(canonical: CanonicalRequest) -> str:
    """Return the key of the asset that is the logo; empty for none."""
    logo = None if canonical.style is None else canonical.style.logo
    return "" if logo is None else logo.asset


def _parse_fields(pairs: list[tuple[str, str]], default_format: str) -> ParsedQuery:
    """Parse the parameters of a query; without a `format` among them the picture has `default_format`.

    Where that begins with a dot, it is the ending of the path, and a `format` that contradicts it is refused.
    """
    fields = decode_pairs([pair for pair in pairs if not is_cache_buster(pair[0])])
    download = _pop_download(fields)
    negotiated = default_format[0] != "." and "format" not in fields
    if default_format[0] == ".":
        _check_ending(fields.get("format"), default_format)
        fields["format"] = default_format[1:]
    elif negotiated:
        fields["format"] = default_format
    qr_request, canonical = parse_parameters(fields)
    headers = {
        "Cache-Control": _cache_control(canonical),
        "Vary": "Accept, Accept-Encoding" if negotiated else "Accept-Encoding",
    }
    return ParsedQuery(canonical, cache_key(canonical_bytes(canonical)), qr_request.cache, download, headers)


def _check_ending(format_name: Any, ending: str) -> None:
    """Refuse a `format` in the query that is not that of the path's ending."""
    if format_name is None:
        return
    if not isinstance(format_name, str) or _FORMAT_OF_ENDING.get(format_name.lower()) != ending[1:]:
        message = f"Must be left out, or be {ending[1:]}, as the path ends in {ending}."
        raise InvalidRequest.of(Issue("format", message, allowed=(ending[1:],), suggestion=ending[1:]))


def post(request: Request) -> tuple[Response, str]:
    """Answer with the envelope, or with the picture itself if `Accept` prefers it."""
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
    _refuse_too_large(canonical)
    code = engine().generate(canonical, cached=qr_request.cache, remaining_ms=request.remaining_ms)
    if content_type != ENVELOPE:
        headers = {"Vary": "Accept, Accept-Encoding"}
        return picture_answer(request, code, canonical, headers, download=download), code.source
    headers = {"Vary": "Accept", "X-Cache": code.source, "Server-Timing": _server_timing(code)}
    return _check_length(
        json_response({"success": True, **envelope(code)}, headers=headers), code, canonical
    ), code.source


def envelope(code: Code) -> dict[str, Any]:
    """Build the members of the JSON answer for `code`."""
    picture_format = FORMATS[code.format]
    body = code.entry.picture()
    return {
        "data": base64.b64encode(body).decode() if picture_format.binary else body.decode(),
        "encoding": "base64" if picture_format.binary else "utf-8",
        "content_type": picture_format.content_type,
        "format": code.format,
        "etag": etag_of(code.key),
        "cached": code.source if code.source in ("memory", "redis") else False,
        "metadata": code.describe(),
    }


def picture_answer(
    request: Request, code: Code, canonical: CanonicalRequest, headers: Mapping[str, str], *, download: bool = False
) -> Response:
    """Answer with the picture of `code` itself; `headers` are those that depend on the route.

    Raises
    ------
    TooMuchData
        The answer is larger than Lambda allows; see `too_large_problem`.
    """
    picture_format = FORMATS[code.format]
    # A picture that the cache keeps compressed goes out as it is, to clients that accept gzip.
    gzipped = code.entry.gzipped and accepts_gzip(request.header("accept-encoding", ""))
    all_headers = {
        **headers,
        "Content-Type": picture_format.content_type,
        "ETag": etag_of(code.key, gzipped=gzipped),
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
        picture_response(body, binary=picture_format.binary or gzipped, headers=all_headers), code, canonical
    )


def _refuse_too_large(canonical: CanonicalRequest) -> None:
    """Refuse a picture of which it is known before it is drawn that no answer has room for it.

    Raises
    ------
    TooMuchData
        See `too_large_problem`.
    """
    if canonical.style is not None and canonical.style.effects:
        from ...pipeline.answer_size import least_bytes

        length = least_bytes(canonical) * 4 // 3
        if length > ANSWER_LIMIT:
            raise too_large_problem(canonical.format, canonical.size, length, ANSWER_LIMIT)


def _check_length(response: Response, code: Code, canonical: CanonicalRequest) -> Response:
    """Return `response` unless it is larger than Lambda allows.

    Raises
    ------
    TooMuchData
        The response is too large; see `too_large_problem`.
    """
    # JSON escapes one character with six at most.
    if 6 * len(response["body"]) <= ANSWER_LIMIT:
        return response
    length = len(json.dumps(response["body"]))
    if length <= ANSWER_LIMIT:
        return response
    problem = too_large_problem(canonical.format, canonical.size, length, ANSWER_LIMIT)
    # A bitmap that is too large in base64 is so in every answer.
    if FORMATS[code.format].binary and len(code.entry.body) * 4 // 3 > ANSWER_LIMIT:
        engine().cache.refusals.remember(code.key, problem)
    raise problem


def too_large_problem(format_name: str, size: int, length: int, limit: int) -> TooMuchData:
    """Build the problem of a picture that is too large for an answer; for a bitmap it names a size that fits.

    Parameters
    ----------
    size
        The longer side of the picture, in pixels.
    length, limit
        The bytes of the picture in the answer, and the most bytes that an answer may have.
    """
    if FORMATS[format_name].raster:
        # The bytes grow at least with the side (only edges), and at most with the area (only grain).
        largest = int(size * limit / length * 0.95)
        issue = Issue(
            "size", f"Must be at most {largest} for the answer to fit.", limit={"max": largest}, suggestion=largest
        )
    else:
        issue = Issue("logo", "Must have fewer pixels or colours: it is the largest part of the picture.")
    detail = f"The answer would have {length} bytes, and the service returns at most {limit}."
    return TooMuchData(detail, issues=(issue,), limit=limit, needed=length, unit="bytes")


def _cache_control(canonical: CanonicalRequest) -> str:
    """Say how long caches on the way may keep the picture: for a year, or a minute or so if its logo is an asset."""
    if _asset_key(canonical):
        from ...logo.assets import FRESH_SECONDS

        return f"public, max-age={FRESH_SECONDS}"
    return "public, max-age=31536000, immutable"


def etag_of(key: str, *, gzipped: bool = False) -> str:
    """Build the strong validator of a picture; each content coding has its own (RFC 9110, 8.8.3.3)."""
    return f'"{key}-gzip"' if gzipped else f'"{key}"'


def _server_timing(code: Code) -> str:
    return f"cache;dur={code.lookup_ms:.3f}, draw;dur={code.draw_ms:.3f}"


def _pop_download(fields: dict[str, Any]) -> bool:
    """Remove `download` from the parameters and return it: it concerns the delivery, not the code."""
    value = fields.pop("download", "0")
    value = value.lower() if isinstance(value, str) else ""
    if value not in _SWITCH:
        raise InvalidRequest.of(Issue("download", "Must be 1 or 0.", allowed=tuple(_SWITCH)))
    return _SWITCH[value]


def _file_name(text: str) -> str:
    plain = re.sub(r"^[a-z]+://", "", text[:80].lower())
    return "-".join(["qr", *re.findall(r"[a-z0-9](?:[a-z0-9.]*[a-z0-9])?", plain)])[:48]
