"""The headers of the answers."""

from __future__ import annotations

from typing import Any

__all__ = ["HEADERS", "references"]


def _header(description: str, **schema: Any) -> dict[str, Any]:
    return {"description": description, "required": True, "schema": {"type": "string", **schema}}


HEADERS = {
    "ETag": _header(
        "Strong: SHA-256 of the canonical request and the renderer's version, with `-gzip` behind it where the picture "
        "comes compressed. Send it back in `If-None-Match`; either of the two gets a 304.",
        pattern='^"[0-9a-f]{64}(-gzip)?"$',
    ),
    "ETag-of-GET": {
        **_header("Strong, as the cache key; not where the code is private.", pattern='^"[0-9a-f]{64}(-gzip)?"$'),
        "required": False,
    },
    "ETag-of-picture": {**_header("As of a GET. The envelope has it in its `etag`."), "required": False},
    "X-Cache": _header(
        "Where the picture came from: the `memory` of the function, `redis`, drawn for this request (`miss`), or drawn "
        "because the request says `cache: false` (`bypass`).",
        enum=["memory", "redis", "miss", "bypass"],
    ),
    "Server-Timing": _header(
        "Milliseconds spent in the cache and on drawing.",
        pattern=r"^cache;dur=[0-9]+\.[0-9]{3}, draw;dur=[0-9]+\.[0-9]{3}$",
    ),
    "Immutable": _header(
        "The picture never changes, and may be kept for a year; for a minute with a named style, or an asset for a "
        "logo, and never for longer than a signed URL works; where the code is private, by the caller, for a day.",
        pattern="^(public, max-age=[0-9]+(, immutable)?|private, max-age=[0-9]+)$",
    ),
    "Minute": _header("Not for long, so that who mends the address sees it soon.", const="public, max-age=60"),
    "Minute-of-styles": _header("A style may come or go at any time.", const="public, max-age=60"),
    "X-Problem": _header("The code of the problem, and its detail in plain letters.", pattern="^[a-z_]+: [ -~]+$"),
    "Minutes": _header("It changes with a release.", const="public, max-age=300"),
    "X-Problem-of-picture": {
        **_header("Of a problem that comes as a picture: its code and its detail.", pattern="^[a-z_]+: [ -~]+$"),
        "required": False,
    },
    "X-QR-Changes": {
        **_header(
            "What is not as it was asked for, such as a logo that had to be smaller: `scan.changes` of the envelope.",
            pattern="^[ -~]+$",
        ),
        "required": False,
    },
    "X-QR-Warning": {
        **_header("What was changed or ignored, and what readers may trip over.", pattern="^[ -~]+$"),
        "required": False,
    },
    "Private": {
        **_header("Only where a code is private: by the caller, for a day.", const="private, max-age=86400"),
        "required": False,
    },
    "NoStore": _header("Not for any cache on the way.", const="no-store"),
    "Vary": _header(
        "What chose the answer. `Accept` is not in it on a GET that names its `format`.",
        enum=["Accept-Encoding", "Accept, Accept-Encoding"],
    ),
    "Vary-of-POST": _header(
        "What chose the answer; a picture, and not the envelope, also goes by `Accept-Encoding`.",
        enum=["Accept", "Accept, Accept-Encoding"],
    ),
    "Content-Encoding": {
        **_header(
            "The picture is a gzip member: text formats are kept compressed, and go out so to those who accept it.",
            const="gzip",
        ),
        "required": False,
    },
    "Content-Encoding-of-batch": {
        **_header("A large answer that is mostly text, compressed for those who accept it.", const="gzip"),
        "required": False,
    },
    "Vary-of-batch": _header("What chose the answer.", const="Accept-Encoding"),
    "Content-Disposition": {
        **_header(
            "Only with `download=1`: a file name made from the data.", pattern='^attachment; filename="qr[^"]*"$'
        ),
        "required": False,
    },
    "Content-Security-Policy": {**_header("Only on SVG: nothing in it may run or load."), "required": False},
    "ETag-of-page": {
        **_header("Of the page, not of the list: SHA-256 of what it contains.", pattern='^"[0-9a-f]{64}(-gzip)?"$'),
        "required": False,
    },
    "ETag-of-file": _header("SHA-256 of what it contains.", pattern='^"[0-9a-f]{64}(-gzip)?"$'),
    "Content-Encoding-of-page": {**_header("Compressed for those who accept it.", const="gzip"), "required": False},
    "Vary-of-page": _header("What chose the answer.", enum=["Accept", "Accept, Accept-Encoding"]),
    "NoCache": _header("To be asked for each time.", const="no-cache"),
    "File": _header(
        "For ever under the version of the page as it is now; under another one it is asked for each time.",
        enum=["public, max-age=31536000, immutable", "no-cache"],
    ),
    "X-Content-Type-Options": _header("The content type is what it says.", const="nosniff"),
}


def references(*names: str) -> dict[str, Any]:
    """Return the headers of an answer, by what they are called there or here: ``Cache-Control=Immutable``."""
    pairs = (name.partition("=") for name in names)
    return {name: {"$ref": f"#/components/headers/{kept or name}"} for name, _, kept in pairs}
