"""A canonical request with its cache key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ..request import CanonicalRequest, cache_key, canonical_bytes, is_redrawable, parse, parse_parameters

if TYPE_CHECKING:
    from ..request.styled import StyledFields, StyleUse

__all__ = ["KeyedRequest"]


class KeyedRequest(msgspec.Struct, frozen=True):
    """A canonical request with its bytes and its cache key.

    Attributes
    ----------
    cached
        Whether the cache may answer and keep it.
    style
        The named style that completed it, if there is one.
    is_private
        Whether only the memory of this environment may keep it, and no other cache.
    """

    request: CanonicalRequest
    canonical: bytes
    key: str
    cached: bool
    style: StyleUse | None
    is_private: bool

    @classmethod
    def of(
        cls, request: CanonicalRequest, *, cached: bool = True, style: StyleUse | None = None, private: bool = False
    ) -> KeyedRequest:
        """Return `request` with its key; `private` makes it private, whatever its text."""
        canonical = canonical_bytes(request)
        key = cache_key(canonical, style.digest if style else "")
        return cls(request, canonical, key, cached, style, private or request.has_secret)

    @classmethod
    def from_fields(cls, fields: dict[str, Any], styled: StyledFields | None, *, strict: bool = True) -> KeyedRequest:
        """Parse the fields that `with_style` returned.

        Parameters
        ----------
        strict
            False for the parameters of a query string.

        Raises
        ------
        Problem
            See `parse` and `parse_parameters`.
        """
        request, canonical = parse(fields) if strict else parse_parameters(fields)
        style = None if styled is None else styled.use(canonical)
        return cls.of(canonical, cached=request.cache, style=style, private=request.private)

    @property
    def is_shared(self) -> bool:
        """Whether the shared tier may answer it and keep it."""
        return self.cached and not self.is_private

    @property
    def recipe(self) -> bytes | None:
        """What popularity remembers instead of the request; None for the request itself, empty for nothing."""
        if self.is_private:
            return b""
        if self.style is not None:
            return self.style.recipe
        return None if is_redrawable(self.request) else b""
