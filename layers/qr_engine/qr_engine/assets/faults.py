"""What may be wrong with an asset, whatever it is for: who asks for it says so in the words of the request."""

from __future__ import annotations

__all__ = ["Absent", "AssetFault", "TooLarge", "Unreachable"]


class AssetFault(Exception):
    """An asset is not returned."""


class Absent(AssetFault):
    """There is no such asset, or it may not be read; the text says which, for the log."""


class TooLarge(AssetFault):
    """The asset has more bytes than are asked for."""


class Unreachable(AssetFault):
    """The bucket does not answer, or the folder cannot be read; the text is a sentence that says what is wrong."""
