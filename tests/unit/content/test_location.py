import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .given import LINES, complaints, refusal_of, text


@pytest.mark.parametrize(
    ("lat", "lon", "uri"),
    [
        (13.4125, 103.8667, "geo:13.4125,103.8667"),
        (48.198634, 16.371648, "geo:48.198634,16.371648"),
        (90, -180, "geo:90,-180"),
        (0.0000001, 1e-9, "geo:0.0000001,0"),
    ],
)
def test_places_as_rfc_5870_writes_them(lat: float, lon: float, uri: str) -> None:
    assert text("geo", lat=lat, lon=lon) == uri


def test_an_altitude_is_the_third_coordinate() -> None:
    assert text("geo", lat=48.2010, lon=16.3695, altitude=183) == "geo:48.201,16.3695,183"


@pytest.mark.parametrize("zero", [-0.0, -1e-9])
def test_no_zero_is_negative(zero: float) -> None:
    assert text("geo", lat=zero, lon=zero) == "geo:0,0"


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_any_place_is_read_back_to_the_centimetre(lat: float, lon: float) -> None:
    read = re.fullmatch(r"geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)", text("geo", lat=lat, lon=lon))
    assert read
    assert float(read[1]) == pytest.approx(lat, abs=1e-7)
    assert float(read[2]) == pytest.approx(lon, abs=1e-7)


@given(label=LINES)
def test_any_label_is_read_back(label: str) -> None:
    uri = text("geo", lat=1, lon=2, label=label)
    read = re.fullmatch(r"geo:1,2\?q=1,2\(([A-Za-z0-9._~%-]+)\)", uri)
    assert read
    assert unquote(read[1]) == label


def test_a_query_is_percent_encoded() -> None:
    assert text("geo", lat=1, lon=2, query="café & bar") == "geo:1,2?q=caf%C3%A9%20%26%20bar"


def test_query_and_label_exclude_each_other() -> None:
    assert complaints("geo", lat=1, lon=2, query="a", label="b") == {
        "query": "Must be left out if label is given; use only one of them."
    }


@pytest.mark.parametrize(("field", "value"), [("lat", 90.1), ("lat", float("nan")), ("lon", -180.1)])
def test_a_place_must_be_on_the_globe(field: str, value: float) -> None:
    assert f"$.{field}" in refusal_of("geo", **({"lat": 0.0, "lon": 0.0} | {field: value}))
