"""The schema of requests to read a picture, in JSON."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

__all__ = ["ReadRequest"]


class ReadRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture to read, in JSON."""

    image: Annotated[
        str,
        Meta(
            description="PNG, JPEG, WebP, GIF, AVIF or SVG as a data URI, or as base64; at most 4 MiB decoded. "
            "URLs are not fetched.",
            examples=["data:image/png;base64,iVBORw0KGgo="],
        ),
    ]
