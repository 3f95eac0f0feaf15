"""Text as outlines of one bundled font, so that it needs no font where the picture is shown."""

from .layout import TooWide, missing_characters, set_lines, set_text

__all__ = ["TooWide", "missing_characters", "set_lines", "set_text"]
