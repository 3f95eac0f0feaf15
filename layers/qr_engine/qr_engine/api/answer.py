"""The answer for a finished code: the picture itself, or a JSON envelope around it, within Lambda's limit."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from ..errors import Issue, TooMuchData
from ..pipeline.engine import Code, engine
from ..render import FORMATS
from ..request import CanonicalRequest
from .gateway import Request, Response, picture_response
from .negotiation import accepts_gzip, matching_etag

__all__ = [
    "PRIVATE",
    "check_length",
    "envelope",
    "etag_of",
    "find_etag",
    "picture_answer",
    "refuse_too_large",
    "timing_header",
    "too_large_problem",
]

PRIVATE: Final = {"Cache-Control": "private, max-age=86400"}
"""How long the caller's browser, and no cache on the way, may keep a private picture.

It has no ETag, because anyone who sees the digest could use it to guess the text.
"""

ANSWER_LIMIT = 6_000_000
"""Bytes of an answer from Lambda to API Gateway, in base64 or escaped in JSON: with headers at most 6 MB."""

# A picture contains all it needs: bitmaps in data URIs, and the style sheets of SVG logos.
_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"


def envelope(code: Code) -> dict[str, Any]:
    """Build the members of the JSON answer for `code`."""
    picture_format = FORMATS[code.format]
    body = code.entry.picture()
    return {
        "data": base64.b64encode(body).decode() if picture_format.binary else body.decode(),
        "encoding": "base64" if picture_format.binary else "utf-8",
        "content_type": picture_format.content_type,
        "format": code.format,
        "etag": None if code.is_private else etag_of(code.key),
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
    # If the cache holds a picture compressed, clients that accept gzip get it as it is.
    gzipped = code.entry.gzipped and accepts_gzip(request.header("accept-encoding", ""))
    all_headers = {
        **(PRIVATE if code.is_private else {}),
        **headers,
        "Content-Type": picture_format.content_type,
        **({} if code.is_private else {"ETag": etag_of(code.key, gzipped=gzipped)}),
        "X-Cache": code.source,
        "Server-Timing": timing_header(code),
    }
    if gzipped:
        all_headers["Content-Encoding"] = "gzip"
    if code.format == "svg":
        all_headers["Content-Security-Policy"] = _CSP
    if canonical.style is not None and (changes := code.changes):
        from .problem_picture import header_text

        all_headers["X-QR-Changes"] = header_text(" ".join(changes))
    if download:
        all_headers["Content-Disposition"] = (
            f'attachment; filename="{_file_name("" if code.is_private else canonical.text)}.{picture_format.extension}"'
        )
    body = code.entry.body if gzipped else code.entry.picture()
    return check_length(
        picture_response(body, binary=picture_format.binary or gzipped, headers=all_headers), code, canonical
    )


def refuse_too_large(canonical: CanonicalRequest) -> None:
    """Refuse a picture that is known, before it is drawn, to be too large for an answer.

    Raises
    ------
    TooMuchData
        See `too_large_problem`.
    """
    if canonical.style is not None and canonical.style.effects:
        from ..pipeline.answer_size import least_bytes

        length = least_bytes(canonical) * 4 // 3
        if length > ANSWER_LIMIT:
            raise too_large_problem(canonical.format, canonical.size, length, ANSWER_LIMIT)


def check_length(response: Response, code: Code, canonical: CanonicalRequest) -> Response:
    """Return `response` unless it is larger than Lambda allows.

    Raises
    ------
    TooMuchData
        The response is too large; see `too_large_problem`.
    """
    # JSON escapes a character with at most six.
    if 6 * len(response["body"]) <= ANSWER_LIMIT:
        return response
    length = len(json.dumps(response["body"]))
    if length <= ANSWER_LIMIT:
        return response
    problem = too_large_problem(canonical.format, canonical.size, length, ANSWER_LIMIT)
    # A bitmap that is too large in base64 is too large in every answer.
    if FORMATS[code.format].binary and len(code.entry.body) * 4 // 3 > ANSWER_LIMIT:
        engine().cache.refusals.remember(code.key, problem)
    raise problem


def too_large_problem(format_name: str, size: int, length: int, limit: int) -> TooMuchData:
    """Build the problem for a picture that is too large for an answer; for a bitmap it names a size that fits.

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
            "size", f"Must be at most {largest} for the response to fit.", limit={"max": largest}, suggestion=largest
        )
    else:
        issue = Issue("logo", "Must have fewer pixels or colours: it is the largest part of the picture.")
    detail = f"The response would have {length} bytes; the service returns at most {limit}."
    return TooMuchData(detail, issues=(issue,), limit=limit, needed=length, unit="bytes")


def etag_of(key: str, *, gzipped: bool = False) -> str:
    """Build the strong validator of a picture; each content coding has its own (RFC 9110, 8.8.3.3)."""
    return f'"{key}-gzip"' if gzipped else f'"{key}"'


def find_etag(request: Request, key: str) -> str | None:
    """Return the client's validator of the picture with `key`, for a coding that it accepts; None if it has none."""
    if_none_match = request.header("if-none-match", "")
    if not if_none_match:
        return None
    codings = (False, True) if accepts_gzip(request.header("accept-encoding", "")) else (False,)
    return matching_etag(tuple([etag_of(key, gzipped=gzipped) for gzipped in codings]), if_none_match)


def timing_header(code: Code) -> str:
    """Write the `Server-Timing` of `code`: milliseconds in the cache and in drawing."""
    return f"cache;dur={code.lookup_ms:.3f}, draw;dur={code.draw_ms:.3f}"


def _file_name(text: str) -> str:
    plain = re.sub(r"^[a-z]+://", "", text[:80].lower())
    return "-".join(["qr", *re.findall(r"[a-z0-9](?:[a-z0-9.]*[a-z0-9])?", plain)])[:48]
