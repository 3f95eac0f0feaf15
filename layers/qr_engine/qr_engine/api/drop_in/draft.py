"""A draft of a code, filled from the parameters of another service's address, with the warnings about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from ...artwork.color import Color
from ...errors import InvalidRequest, Issue
from ...request import CanonicalRequest
from ...request.extended import PlainCode, canonicalize_plain
from ...request.plain_schema import FormatName
from ...symbol.model import Charset, Level
from .form import Parameters

__all__ = ["Draft", "Reader", "Service", "Translation", "translate"]

Repeated = Literal["first", "last"]


class Draft(msgspec.Struct, kw_only=True):
    """A code while its parameters are being read, starting from the defaults of its service.

    Attributes
    ----------
    data
        The bytes to encode after percent-decoding; `text` is their final text.
    source, charset
        The character set of the bytes, and the one to write the text in.
    size, padding
        Pixels of the side, and the pixels along each edge that modules stay clear of.
    margin
        Quiet zone in modules.
    scale
        As in `PlainCode`.
    in_base64
        Whether to return the picture as base64 text.
    warnings
        What was changed or ignored, a sentence each.
    """

    data: bytes = b""
    text: str | None = None
    source: Charset = "utf-8"
    charset: Charset = "utf-8"
    format: FormatName = "png"
    size: int
    padding: int = 0
    margin: int
    scale: int
    level: Level
    foreground: Color = Color(0, 0, 0)
    background: Color = Color(255, 255, 255)
    in_base64: bool = False
    warnings: list[str] = msgspec.field(default_factory=list)

    def warn(self, name: str, message: str) -> None:
        """Record a warning about the parameter `name`."""
        self.warnings.append(f"{name}: {message}")


Reader = Callable[[Draft, bytes], None]
"""Reads the value of one parameter into the draft."""


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters and rules of one of the services.

    Attributes
    ----------
    name
        Its name in messages.
    draft
        Makes a draft with the service's defaults.
    parameters
        A reader for each parameter, in the order in which they are read.
    required
        The parameters without which there is no picture.
    repeated
        Which value counts if a parameter is given more than once.
    joined
        The parameters whose values are joined in that case.
    ignored
        The parameters that the service knows and this one does not, each with its warning.
    finish
        Resolves what depends on more than one parameter.
    error_header
        The header in which the service describes its errors.
    """

    name: str
    draft: Callable[[], Draft]
    parameters: Mapping[str, Reader]
    required: tuple[str, ...]
    repeated: Repeated
    joined: tuple[str, ...] = ()
    ignored: Mapping[str, str] = {}
    finish: Callable[[Draft], None]
    error_header: str | None = None


class Translation(msgspec.Struct, frozen=True):
    """A canonical request, and what the answer needs besides the picture."""

    request: CanonicalRequest
    size: int
    in_base64: bool
    warnings: tuple[str, ...]


def translate(service: Service, query: Parameters, form: Parameters) -> Translation:
    """Translate the parameters of a request to `service`; those of the query string take precedence over the form's.

    Raises
    ------
    InvalidRequest
        A required parameter is missing, or cannot be read.
    TooMuchData
        The text is longer than any symbol holds.
    """
    draft = service.draft()
    values = _collect(service, query, form, draft)
    missing = [name for name in service.required if not values.get(name)]
    if missing:
        raise InvalidRequest.of(*[Issue(name, "Must be given.") for name in missing])
    for name, reader in service.parameters.items():
        if name in values:
            reader(draft, values[name])
    service.finish(draft)
    request = canonicalize_plain(
        PlainCode(
            text=draft.text or "",
            format=draft.format,
            size=draft.size,
            margin=draft.margin,
            error_correction=draft.level,
            foreground=draft.foreground,
            background=draft.background,
            charset=draft.charset,
            padding=draft.padding,
            scale=draft.scale,
        )
    )
    return Translation(request, draft.size, draft.in_base64, tuple(draft.warnings))


def _collect(service: Service, query: Parameters, form: Parameters, draft: Draft) -> dict[str, bytes]:
    """Reduce each parameter that `service` knows to one value."""
    in_query = {name for name, _ in query}
    lists: dict[str, list[bytes]] = {}
    for name, value in [*query, *[pair for pair in form if pair[0] not in in_query]]:
        if name in service.parameters:
            lists.setdefault(name, []).append(value)
        else:
            draft.warn(name[:40], service.ignored.get(name, f"{service.name} has no such parameter; it is ignored."))
    values: dict[str, bytes] = {}
    for name, found in lists.items():
        if len(found) > 1 and name not in service.joined:
            draft.warn(name, f"is given {len(found)} times; the {service.repeated} one is used.")
        values[name] = b"".join(found) if name in service.joined else found[0 if service.repeated == "first" else -1]
    return values
