"""Every way a call can fail, as one tree.

::

    QREngineError
    ├── ConfigurationError            a setting is wrong; raised at start, never for a request
    └── Problem                       an answer other than the picture (RFC 9457)
        ├── InvalidRequest      400   malformed, or a field breaks its rule
        ├── Forbidden           403
        ├── BadSignature        403   no signature of a key in use, or not that of this request
        ├── SignatureExpired    403   signed, but until an earlier moment
        ├── NotFound            404
        ├── AssetNotFound       404   the bucket has no such logo
        ├── StyleNotFound       404   there is no style of this name
        ├── MethodNotAllowed    405
        ├── TooMuchData         413   more than the symbol, or the service, can hold
        ├── WouldNotScan        422   the code could be drawn, but no phone would read it
        ├── CannotBeDrawn       422   the request is valid, but the font or the format cannot do it
        ├── BrokenStyle         422   the file of the named style cannot be used, which is for the owner to mend
        ├── TooManyRequests     429
        ├── InternalError       500   a fault of the service
        ├── CacheUnavailable    503   a cache route was called and Redis does not answer
        ├── ListUnavailable     503   the list of codes to warm cannot be read
        ├── AssetUnavailable    503   S3 does not return the logo
        └── StyleUnavailable    503   S3 does not return the style
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

import msgspec

__all__ = [
    "AssetNotFound",
    "AssetUnavailable",
    "BadSignature",
    "BrokenStyle",
    "CacheUnavailable",
    "CannotBeDrawn",
    "ConfigurationError",
    "Forbidden",
    "InternalError",
    "InvalidRequest",
    "Issue",
    "ListUnavailable",
    "MethodNotAllowed",
    "NotFound",
    "Problem",
    "QREngineError",
    "SignatureExpired",
    "StyleNotFound",
    "StyleUnavailable",
    "TooManyRequests",
    "TooMuchData",
    "WouldNotScan",
]


class Issue(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing wrong with a request.

    Attributes
    ----------
    path
        The field, with dots and indices: ``colors.foreground``, ``codes[3].size``; empty for the whole body.
    message
        What the field must be, as a sentence that follows its name: "Must be a whole number from 16 to 4096."
    allowed
        The valid values, where they can be listed.
    limit
        The bounds that were broken, such as ``{"min": 16, "max": 4096}``.
    suggestion
        The value that the caller most likely meant, ready to be inserted; a list where the field takes one.
    """

    path: str
    message: str
    allowed: tuple[str | int, ...] | None = None
    limit: dict[str, float] | None = None
    suggestion: str | int | tuple[str, ...] | None = None

    def within(self, parent: str) -> Issue:
        """Prefix the path with `parent`, the path of the object that the issue is about."""
        joined = f"{parent}.{self.path}" if self.path and not self.path.startswith("[") else parent + self.path
        return msgspec.structs.replace(self, path=joined)


class QREngineError(Exception):
    """Base of all errors of the engine."""


class ConfigurationError(QREngineError):
    """An environment variable has a value that cannot be used; the message names it and the valid values."""


class Problem(QREngineError):
    """An answer other than success, as RFC 9457 describes it.

    Parameters
    ----------
    detail
        One sentence for the person who reads the answer.
    issues
        Everything that is wrong with the request.
    extra
        Further members of the document, such as ``capacity`` and ``needed``.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str, *, issues: tuple[Issue, ...] = (), **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.issues = issues
        self.extra = extra

    @classmethod
    def of(cls, *issues: Issue, **extra: Any) -> Self:
        """Make a problem of `issues`; its detail is the first of them. `extra` is that of the class."""
        first = issues[0]
        message = f"{first.path}: {first.message}" if first.path else first.message
        more = f" {len(issues) - 1} more below." if len(issues) > 1 else ""
        return cls(message + more, issues=issues, **extra)

    def document(self) -> dict[str, Any]:
        """Build the members of the ``application/problem+json`` body, in a fixed order."""
        document: dict[str, Any] = {
            "type": f"urn:qr-engine:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.extra,
        }
        if self.issues:
            document["errors"] = self.issues
        return document


class InvalidRequest(Problem):
    """The request is malformed, or one or more of its fields break their rules."""

    status = 400
    code = "invalid_request"
    title = "Invalid request"


class Forbidden(Problem):
    """The caller may not do this."""

    status = 403
    code = "forbidden"
    title = "Forbidden"


class BadSignature(Problem):
    """The request is not signed with a key in use; `extra` has ``string_to_sign``, what the key should have signed."""

    status = 403
    code = "bad_signature"
    title = "Bad signature"


class SignatureExpired(Problem):
    """The request was signed, until a moment that has passed."""

    status = 403
    code = "expired"
    title = "Expired"


class NotFound(Problem):
    """No such route."""

    status = 404
    code = "not_found"
    title = "Not found"


class AssetNotFound(Problem):
    """The bucket for assets has no object with this key, or none that the service may read."""

    status = 404
    code = "asset_not_found"
    title = "Asset not found"


class StyleNotFound(Problem):
    """There is no style of this name, or none that the service may read."""

    status = 404
    code = "style_not_found"
    title = "Style not found"


class MethodNotAllowed(Problem):
    """The route exists, with other methods; `extra` has ``allowed_methods``."""

    status = 405
    code = "method_not_allowed"
    title = "Method not allowed"


class TooMuchData(Problem):
    """More than fits: `extra` has ``capacity`` and ``needed``, their ``unit``, and what would fit, if anything does."""

    status = 413
    code = "too_much_data"
    title = "Too much data"


class WouldNotScan(Problem):
    """The picture could be drawn, but no phone would read it; the issues say what to change."""

    status = 422
    code = "would_not_scan"
    title = "Would not scan"


class CannotBeDrawn(Problem):
    """The request is valid but cannot be drawn: the font lacks a character, for example."""

    status = 422
    code = "cannot_be_drawn"
    title = "Cannot be drawn"


class BrokenStyle(Problem):
    """The request names a style whose file cannot be used.

    That is the owner's to mend. It is no 5xx, which would let every caller set off the owner's alarms.
    """

    status = 422
    code = "broken_style"
    title = "Broken style"


class TooManyRequests(Problem):
    """The caller asks faster than the service allows."""

    status = 429
    code = "too_many_requests"
    title = "Too many requests"


class InternalError(Problem):
    """A fault of the service; its cause is in the log, never in the answer."""


class CacheUnavailable(Problem):
    """A cache route was called and Redis does not answer."""

    status = 503
    code = "cache_unavailable"
    title = "Cache unavailable"


class ListUnavailable(Problem):
    """The list of codes to warm cannot be read from S3; the rest of a warming goes on."""

    status = 503
    code = "list_unavailable"
    title = "List unavailable"


class AssetUnavailable(Problem):
    """S3 does not return an asset that may exist."""

    status = 503
    code = "asset_unavailable"
    title = "Asset unavailable"


class StyleUnavailable(Problem):
    """S3 does not return a style that may exist, and this environment has not read it before."""

    status = 503
    code = "style_unavailable"
    title = "Style unavailable"
