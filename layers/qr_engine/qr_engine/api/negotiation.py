"""Content negotiation and conditional requests (RFC 9110, 12.5.1, 12.5.3 and 13.1.2)."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["accepts_gzip", "best_match", "matching_etag", "preferred_image"]


@lru_cache(maxsize=512)
def best_match(accept: str, offered: tuple[str, ...]) -> str:
    """Return the content type among `offered` that the `Accept` header ranks highest; the first of equals.

    If the header accepts none, return the first: a picture of another type serves better than an error.

    Examples
    --------
    >>> best_match("image/png, image/*;q=0.5", ("image/svg+xml", "image/png"))
    'image/png'
    """
    ranges = [_media_range(part) for part in accept.split(",") if part.strip()]
    best, best_quality = offered[0], 0.0
    for content_type in offered:
        quality = _quality(content_type.partition(";")[0], ranges)
        if quality > best_quality:
            best, best_quality = content_type, quality
    return best


@lru_cache(maxsize=512)
def preferred_image(accept: str, offered: tuple[str, ...]) -> str | None:
    """Return the image type that the `Accept` header names and ranks highest; the first of equals.

    None if it names none of `offered`, or ranks a page or JSON above them: then somebody reads the answer itself.

    Examples
    --------
    >>> preferred_image("image/avif,image/webp,image/*,*/*;q=0.8", ("image/svg+xml", "image/webp"))
    'image/webp'
    """
    ranges = [_media_range(part) for part in accept.split(",") if part.strip()]
    least = max(_quality(each, ranges) for each in ("text/html", "application/json", "application/problem+json"))
    qualities = {each: max((quality for name, quality in ranges if name == each), default=0.0) for each in offered}
    best = max(offered, key=qualities.__getitem__)
    return best if qualities[best] > 0 and qualities[best] >= least else None


@lru_cache(maxsize=512)
def accepts_gzip(accept_encoding: str) -> bool:
    """Return whether the `Accept-Encoding` header allows gzip (RFC 9110, 12.5.3).

    Examples
    --------
    >>> accepts_gzip("gzip, deflate, br"), accepts_gzip("gzip;q=0"), accepts_gzip("")
    (True, False, False)
    """
    qualities = dict(_media_range(part) for part in accept_encoding.split(",") if part.strip())
    return qualities.get("gzip", qualities.get("*", 0.0)) > 0


def matching_etag(etags: tuple[str, ...], if_none_match: str) -> str | None:
    """Return the first of `etags` that `If-None-Match` lists, by the weak comparison required for GET; None if none.

    ``*`` matches none: it asks whether the picture exists, which only drawing it can show.
    """
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return next((etag for etag in etags if etag in tags), None)


def _media_range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0


def _quality(content_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality that the most specific matching range gives to `content_type`."""
    family = content_type.partition("/")[0] + "/*"
    for candidate in (content_type, family, "*/*"):
        matching = [quality for name, quality in ranges if name == candidate]
        if matching:
            return max(matching)
    return 0.0
