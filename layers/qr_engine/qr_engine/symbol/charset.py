"""What readers take UTF-8 for when no ECI tells them."""

from __future__ import annotations

__all__ = ["looks_like_another_set"]


def looks_like_another_set(data: bytes) -> bool:
    """Whether readers may take these UTF-8 bytes for Shift_JIS."""
    return not data.isascii()
