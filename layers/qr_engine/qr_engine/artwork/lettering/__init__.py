"""Text as outlines of one bundled font, so that it needs no font where the picture is shown."""

from .layout import TooWide, set_text, unsettable

__all__ = ["TooWide", "set_text", "unsettable"]
