"""What can go wrong with an asset of any kind; each caller reports it in terms of its request."""

from __future__ import annotations

__all__ = ["Absent", "AssetFault", "TooLarge", "Unreachable"]


class AssetFault(Exception):
    """An asset cannot be returned."""


class Absent(AssetFault):
    """There is no such asset, or it may not be read; the text says which, for the log."""


class TooLarge(AssetFault):
    """The asset has more bytes than the caller allows."""


class Unreachable(AssetFault):
    """The bucket does not answer, or the folder cannot be read; the text is a sentence that says what is wrong."""
