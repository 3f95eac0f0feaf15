"""The headers of the answers."""

from __future__ import annotations

from typing import Any

__all__ = ["HEADERS", "references"]


def _header(description: str, **schema: Any) -> dict[str, Any]:
    return {"description": description, "required": True, "schema": {"type": "string", **schema}}


HEADERS = {
    "ETag": _header(
        "Strong: the SHA-256 of the canonical request and the renderer's version, followed by `-gzip` if the picture "
        "is compressed. Send it back in `If-None-Match`; either form gets a 304.",
        pattern='^"[0-9a-f]{64}(-gzip)?"$',
    ),
    "ETag-of-GET": {
        **_header("Strong: the cache key. Private codes have none.", pattern='^"[0-9a-f]{64}(-gzip)?"$'),
        "required": False,
    },
    "ETag-of-picture": {**_header("The same as for a GET. The envelope has it in `etag`."), "required": False},
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
        "The picture never changes, so caches can keep it for a year; with a named style or an asset, for a minute; "
        "never beyond the `exp` of a signed URL. Only the caller can keep a private code, for a day.",
        pattern="^(public, max-age=[0-9]+(, immutable)?|private, max-age=[0-9]+)$",
    ),
    "Minute": _header(
        "Caches keep it only briefly, so a corrected URL soon shows the picture.", const="public, max-age=60"
    ),
    "Minute-of-styles": _header("Styles can change at any time.", const="public, max-age=60"),
    "X-Problem": _header("The code of the problem, and its detail in ASCII.", pattern="^[a-z_]+: [ -~]+$"),
    "Minutes": _header("It changes with a release.", const="public, max-age=300"),
    "X-Problem-of-picture": {
        **_header("If the problem is a picture: its code and its detail.", pattern="^[a-z_]+: [ -~]+$"),
        "required": False,
    },
    "X-QR-Changes": {
        **_header(
            "What differs from the request, such as a logo that had to be smaller: `scan.changes` of the envelope.",
            pattern="^[ -~]+$",
        ),
        "required": False,
    },
    "X-QR-Warning": {
        **_header(
            "What was changed or ignored, and what could keep readers from reading the code.", pattern="^[ -~]+$"
        ),
        "required": False,
    },
    "Private": {
        **_header("Only for private codes, which the caller can keep for a day.", const="private, max-age=86400"),
        "required": False,
    },
    "NoStore": _header("No cache may store it.", const="no-store"),
    "Vary": _header(
        "The request headers that the response depends on. `Accept` is missing on a GET with a `format`.",
        enum=["Accept-Encoding", "Accept, Accept-Encoding"],
    ),
    "Vary-of-POST": _header(
        "The request headers that the response depends on. Only a picture depends on `Accept-Encoding`.",
        enum=["Accept", "Accept, Accept-Encoding"],
    ),
    "Content-Encoding": {
        **_header(
            "The picture is compressed: the cache stores text formats with gzip, for clients that accept it.",
            const="gzip",
        ),
        "required": False,
    },
    "Content-Encoding-of-batch": {
        **_header("A large response that is mostly text, compressed for clients that accept it.", const="gzip"),
        "required": False,
    },
    "Vary-of-batch": _header("The request headers that the response depends on.", const="Accept-Encoding"),
    "Content-Disposition": {
        **_header(
            "Only with `download=1`: a file name made from the data.", pattern='^attachment; filename="qr[^"]*"$'
        ),
        "required": False,
    },
    "Content-Security-Policy": {**_header("Only on SVG: lets nothing in it run or load."), "required": False},
    "ETag-of-page": {
        **_header("Only on the page, not on the list: the SHA-256 of its content.", pattern='^"[0-9a-f]{64}(-gzip)?"$'),
        "required": False,
    },
    "ETag-of-file": _header("The SHA-256 of its content.", pattern='^"[0-9a-f]{64}(-gzip)?"$'),
    "Content-Encoding-of-page": {**_header("Compressed for clients that accept it.", const="gzip"), "required": False},
    "Vary-of-page": _header(
        "The request headers that the response depends on.", enum=["Accept", "Accept, Accept-Encoding"]
    ),
    "NoCache": _header("Browsers must revalidate it each time.", const="no-cache"),
    "File": _header(
        "Forever under the current version of the page; under another one, browsers must revalidate it each time.",
        enum=["public, max-age=31536000, immutable", "no-cache"],
    ),
    "X-Content-Type-Options": _header("The content type is what it says.", const="nosniff"),
}


def references(*names: str) -> dict[str, Any]:
    """Return the headers of an answer, by what they are called there or here: ``Cache-Control=Immutable``."""
    pairs = (name.partition("=") for name in names)
    return {name: {"$ref": f"#/components/headers/{kept or name}"} for name, _, kept in pairs}
