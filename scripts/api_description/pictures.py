"""What a picture is in an answer, by its media type."""

from __future__ import annotations

from typing import Any

from qr_engine.render import FORMATS
from qr_engine.render.notice import NOTICE_FORMATS

__all__ = ["ENDINGS", "NOTICES", "PICTURES"]

# The media type of `FORMATS` without its parameters.
_FORMAT_SCHEMAS: dict[str, dict[str, Any]] = {
    name: {"type": "string", "contentMediaType": form.content_type} if form.binary else {"type": "string"}
    for name, form in FORMATS.items()
} | {"json": {"$ref": "#/components/schemas/Matrix"}}

PICTURES = {form.content_type.partition(";")[0]: {"schema": _FORMAT_SCHEMAS[name]} for name, form in FORMATS.items()}
"""The content of a code, whatever its format."""

ENDINGS = [*(form.extension for form in FORMATS.values()), "jpeg"]

NOTICES = {FORMATS[name].content_type: {"schema": _FORMAT_SCHEMAS[name]} for name in NOTICE_FORMATS}
"""The content of a problem that is told in a picture."""
