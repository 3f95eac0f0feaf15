"""A place on the map: ``geo:`` URIs (RFC 5870), with the ``q`` parameter that map applications understand.

segno's ``make_geo_data`` is not used: it has no altitude, label or query, and writes negative zero as ``-0``.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from ..percent_encoding import percent_encode
from .fields import Text

__all__ = ["Geo", "geo_issues", "write_geo"]


class Geo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="geo"):
    """A place on the map (WGS 84)."""

    lat: Annotated[float, Meta(ge=-90, le=90, description="Latitude in degrees, north positive.", examples=[50.0875])]
    lon: Annotated[float, Meta(ge=-180, le=180, description="Longitude in degrees, east positive.", examples=[14.4213])]
    altitude: Annotated[
        Annotated[float, Meta(ge=-12_000, le=100_000)] | None, Meta(description="Metres above the ellipsoid.")
    ] = None
    label: Annotated[Text | None, Meta(description="A name shown at the pin; not together with `query`.")] = None
    query: Annotated[Text | None, Meta(description="A search term for that place; not together with `label`.")] = None


def geo_issues(geo: Geo) -> Iterator[Issue]:
    """Find what is wrong with the place beyond the shape of its fields."""
    if geo.label is not None and geo.query is not None:
        yield Issue("query", "Must be left out if label is given; use only one of them.")


def write_geo(geo: Geo) -> str:
    """Write the place as a geo URI, to the seventh decimal (about a centimetre)."""
    point = f"{_print_decimal(geo.lat)},{_print_decimal(geo.lon)}"
    uri = f"geo:{point}" if geo.altitude is None else f"geo:{point},{_print_decimal(geo.altitude)}"
    if geo.label is not None:
        return f"{uri}?q={point}({percent_encode(geo.label)})"
    return uri if geo.query is None else f"{uri}?q={percent_encode(geo.query)}"


def _print_decimal(number: float) -> str:
    # Adding zero turns -0.0 into 0.0, as RFC 5870 (3.4.2) requires; it does not allow the exponent that repr may write.
    return f"{round(number, 7) + 0.0:.7f}".rstrip("0").rstrip(".")
