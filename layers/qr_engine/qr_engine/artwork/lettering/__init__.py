"""Text as outlines of one bundled font, so that it needs no font where the picture is shown."""

from .setting import TooWide, set_text, unsettable

__all__ = ["TooWide", "set_text", "unsettable"]
