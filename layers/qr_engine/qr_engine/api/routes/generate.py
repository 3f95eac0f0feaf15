"""``GET`` and ``POST /api/qr/generate``: the picture itself, or a JSON envelope around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ...errors import InvalidRequest, Issue, NotFound, Problem
from ...pipeline.engine import engine
from ...pipeline.keyed_request import KeyedRequest
from ...render import FORMATS
from ...request import CanonicalRequest, decode_json, decode_pairs, with_style
from ..answer import PRIVATE, check_length, envelope, find_etag, picture_answer, refuse_too_large, timing_header
from ..gateway import Request, Response, json_response, not_modified_response
from ..negotiation import best_match, preferred_image
from ..query_string import is_cache_buster
from .query_params import read_parameters

if TYPE_CHECKING:
    from ...request.named_style import NamedStyle

__all__ = ["BODY_LIMIT", "get", "get_by_ending", "post", "refuse"]

BODY_LIMIT = 2816 * 1024
"""Bytes of a body for one code: the largest logo in base64 and the longest text with every character escaped."""

MAX_REMEMBERED_QUERY = 1024
"""Characters of the longest query string that is remembered with its meaning."""

REMEMBERED_QUERIES = 512

ENVELOPE = "application/json"

VIEWER_ACCEPT = "x-viewer-accept"
"""The header in which the CloudFront function passes on the caller's `Accept`."""

_CONTENT_TYPES = tuple(entry.content_type for entry in FORMATS.values())
_FORMAT_OF_TYPE = {entry.content_type: name for name, entry in FORMATS.items()}
_IMAGE_TYPES = tuple([entry for entry in _CONTENT_TYPES if entry.startswith("image/")])
_FORMAT_OF_ENDING = {entry.extension: name for name, entry in FORMATS.items()} | {"jpeg": "jpeg"}
_SWITCH = {"1": True, "true": True, "0": False, "false": False, "yes": True, "on": True, "no": False, "off": False}


class ParsedQuery(msgspec.Struct, frozen=True):
    """A query string and its meaning.

    Attributes
    ----------
    keyed
        The canonical request with its cache key.
    download
        Whether the browser is to save the picture as a file.
    headers
        The headers of every answer, including 304.
    style
        The style that the query names, as it was read; None if it names none.
    """

    keyed: KeyedRequest
    download: bool
    headers: dict[str, str]
    style: NamedStyle | None

    @property
    def holds(self) -> bool:
        """Whether the style that the query names, if any, is still the same.

        Raises
        ------
        Problem
            The style is gone; see `find_style`.
        """
        if self.style is None:
            return True
        from ...request.named_style import find_style

        return find_style(self.style.name) is self.style


def get(request: Request) -> tuple[Response, str]:
    """Answer with the picture that the query string describes; 304 to a client that has it."""
    try:
        return _get_picture(request, _FORMAT_OF_TYPE[best_match(request.header("accept", "*/*"), _CONTENT_TYPES)])
    except Problem as problem:
        return refuse(request, problem)


def get_by_ending(request: Request) -> tuple[Response, str]:
    """Answer at a path whose ending is the format, such as ``generate.png``, for mail programs and spreadsheets."""
    name, format_name = _read_path(request)
    if name != "generate" or format_name is None:
        raise NotFound(f"There is no such route; generate supports the endings {', '.join(_FORMAT_OF_ENDING)}.")
    try:
        return _get_picture(request, f".{format_name}")
    except Problem as problem:
        return refuse(request, problem)


def _read_path(request: Request) -> tuple[str, str | None]:
    """Return the name in the path, and the format of its ending; None if it is not the ending of a format."""
    name, _, ending = request.path_parameter("picture").rpartition(".")
    return name, _FORMAT_OF_ENDING.get(ending.lower())


def refuse(request: Request, problem: Problem) -> tuple[Response, str]:
    """Answer a GET with `problem`, as a picture if the path or `Accept` says that nothing else will be shown.

    Raises
    ------
    Problem
        The same problem, if the caller reads text.
    """
    _, format_name = _read_path(request)
    if format_name is None:
        # CloudFront reduces `Accept` to the format of the picture.
        accept = request.header(VIEWER_ACCEPT, "") or request.header("accept", "")
        format_name = _FORMAT_OF_TYPE.get(preferred_image(accept, _IMAGE_TYPES) or "")
    if format_name is None or format_name in ("txt", "json"):
        raise problem
    from ..problem_picture import problem_picture_response

    return problem_picture_response(problem, format_name), "rejected" if problem.status < 500 else "failed"


def _get_picture(request: Request, default_format: str) -> tuple[Response, str]:
    """Answer with the picture; a `default_format` that begins with a dot allows no other format in the query."""
    raw = request.raw_query
    parsed = _remembered.get((raw, default_format))
    if parsed is None or not parsed.holds:
        parsed = _parse_query(request, raw, default_format)
    keyed = parsed.keyed
    etag = None if keyed.is_private else find_etag(request, keyed.key)
    if etag is not None:
        return not_modified_response({**parsed.headers, "ETag": etag}), "not_modified"
    refuse_too_large(keyed.request)
    code = engine().generate_keyed(keyed, request.remaining_ms)
    return picture_answer(request, code, keyed.request, parsed.headers, download=parsed.download), code.source


_remembered: dict[tuple[str | None, str], ParsedQuery] = {}
"""The most recent query strings with their default formats, oldest first, and their meanings."""


def _parse_query(request: Request, raw: str | None, default_format: str) -> ParsedQuery:
    """Parse the query string and remember its meaning, since a page requests its picture at each view."""
    parsed = _parse_fields(request.query, default_format)
    # An asset may be replaced within a minute, but the canonical request has the digest of the old one.
    if raw is not None and len(raw) <= MAX_REMEMBERED_QUERY and not _asset_key(parsed.keyed.request):
        if len(_remembered) >= REMEMBERED_QUERIES:
            del _remembered[next(iter(_remembered))]
        _remembered[raw, default_format] = parsed
    return parsed


def _asset_key(canonical: CanonicalRequest) -> str:
    """Return the key of the asset that is the logo; the empty text if there is none."""
    logo = None if canonical.style is None else canonical.style.logo
    return "" if logo is None else logo.asset


def _parse_fields(pairs: list[tuple[str, str]], default_format: str) -> ParsedQuery:
    """Parse the parameters of a query; without a `format` among them the picture has `default_format`.

    If `default_format` begins with a dot, it is the ending of the path, and another `format` is refused.
    """
    fields = decode_pairs([pair for pair in pairs if not is_cache_buster(pair[0])])
    download = _pop_download(fields)
    if default_format[0] == ".":
        _check_ending(fields.get("format"), default_format)
        fields["format"] = default_format[1:]
    fields, styled = with_style(fields, strict=False)
    negotiated = "format" not in fields
    if negotiated:
        fields["format"] = default_format
    keyed = KeyedRequest.from_fields(fields, styled, strict=False)
    headers = {
        "Cache-Control": _cache_control(keyed),
        "Vary": "Accept, Accept-Encoding" if negotiated else "Accept-Encoding",
    }
    return ParsedQuery(keyed, download, headers, None if styled is None else styled.style)


def _check_ending(format_name: Any, ending: str) -> None:
    """Refuse a `format` in the query that contradicts the path's ending."""
    if format_name is None:
        return
    if not isinstance(format_name, str) or _FORMAT_OF_ENDING.get(format_name.lower()) != ending[1:]:
        message = f"Must be left out or be {ending[1:]}, because the path ends in {ending}."
        raise InvalidRequest.of(Issue("format", message, allowed=(ending[1:],), suggestion=ending[1:]))


def post(request: Request) -> tuple[Response, str]:
    """Answer with the envelope, or with the picture itself if `Accept` prefers it."""
    fields = decode_json(request.text(BODY_LIMIT))
    download = _pop_download(read_parameters(request, "download"))
    fields, styled = with_style(fields)
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
    keyed = KeyedRequest.from_fields(fields, styled)
    canonical = keyed.request
    refuse_too_large(canonical)
    code = engine().generate_keyed(keyed, request.remaining_ms)
    if content_type != ENVELOPE:
        headers = {"Vary": "Accept, Accept-Encoding"}
        return picture_answer(request, code, canonical, headers, download=download), code.source
    headers = {
        "Vary": "Accept",
        **(PRIVATE if code.is_private else {}),
        "X-Cache": code.source,
        "Server-Timing": timing_header(code),
    }
    return check_length(
        json_response({"success": True, **envelope(code)}, headers=headers), code, canonical
    ), code.source


def _cache_control(keyed: KeyedRequest) -> str:
    """Return who may keep the picture, and how long: a year, a day, or a minute if a style or logo may be replaced."""
    if keyed.style is not None or _asset_key(keyed.request):
        from ...assets import FRESH_SECONDS

        return f"{'private' if keyed.is_private else 'public'}, max-age={FRESH_SECONDS}"
    return PRIVATE["Cache-Control"] if keyed.is_private else "public, max-age=31536000, immutable"


def _pop_download(fields: dict[str, Any]) -> bool:
    """Remove `download` from the parameters and return it: it concerns the delivery, not the code."""
    value = fields.pop("download", "0")
    value = value.lower() if isinstance(value, str) else ""
    if value not in _SWITCH:
        raise InvalidRequest.of(Issue("download", "Must be 1 or 0.", allowed=tuple(_SWITCH)))
    return _SWITCH[value]
