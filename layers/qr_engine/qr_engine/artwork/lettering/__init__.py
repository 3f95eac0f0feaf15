"""Text as outlines of one bundled font, so that a picture shows the same on machines without that font."""

from .layout import TooWide, missing_characters, set_lines, set_text

__all__ = ["TooWide", "missing_characters", "set_lines", "set_text"]
