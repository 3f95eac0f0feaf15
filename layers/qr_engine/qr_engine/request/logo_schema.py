"""The schema of logos."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from ..symbol.model import AreaShape
from .plain_schema import Background

__all__ = ["Logo"]


LONGEST_DATA = 2816 * 1024
"""Characters: as long as a body may be; 2 MiB in base64 take a little less."""

_ASSET = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$"


class Logo(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A picture in the middle of the code, uploaded as `data` or named as `asset`."""

    data: Annotated[
        Annotated[str, Meta(min_length=1, max_length=LONGEST_DATA)] | None,
        Meta(description="A PNG, JPEG, WebP or SVG of up to 2 MiB, as a data URI or in base64."),
    ] = None
    asset: Annotated[
        Annotated[
            str,
            Meta(
                min_length=1,
                max_length=256,
                pattern=_ASSET,
                extra_json_schema={"title": "the key of an object, such as brand/logo.svg"},
            ),
        ]
        | None,
        Meta(description="The key of the picture in `ASSETS_BUCKET`, or its path in `ASSETS_DIR`; never a URL."),
    ] = None
    size: Annotated[float, Meta(ge=5, le=50, description="Its longer side, in percent of the side of the symbol.")] = (
        20.0
    )
    padding: Annotated[float, Meta(ge=0, le=10, description="Modules to leave free around it.")] = 1.0
    shape: Annotated[AreaShape, Meta(description="The shape that it is cut to, and the shape of its plate.")] = "square"
    background: Annotated[
        Background | None,
        Meta(description="The colour of a plate under it; by default the background of the code shows."),
    ] = None
    clear_modules: Annotated[
        bool, Meta(description="Leave out the modules under the logo; otherwise it lies on top of them.")
    ] = True
