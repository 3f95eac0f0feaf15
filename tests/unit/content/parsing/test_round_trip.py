"""What the writers write is read back: the fields that come out write the same text."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.unit.content.given import LINES, PARAGRAPHS, text
from tests.unit.content.test_scan import EXAMPLES

from qr_engine.content import Content, content_issues, write_payload
from qr_engine.content.parsing import parse_content
from qr_engine.errors import InvalidRequest

LOCAL = st.text("abcxyzABC0189._+-'!#$%&*/=?^`{|}~žš", min_size=1, max_size=20)
EMAILS = st.builds(
    "{}@{}".format, LOCAL, st.sampled_from(["example.com", "a-b.example.org", "[127.0.0.1]", "bücher.de"])
)
PHONES = st.sampled_from(
    [
        "+420 123 456 789",
        "112",
        "*#06#",
        "+1 212 555 0100 ext. 12",
        "+420123456789,,42#",
        "0800 12 34 56",
        "+44 20 7946 0018",
    ]
)
PLAIN_PHONES = st.sampled_from(["+420 123 456 789", "112", "0800 12 34 56"])
WEB = st.sampled_from(["https://example.com", "http://ex.org/a;b,c:d?q=1&r=%20#x", "https://example.com/ž"])
DAYS = st.dates().map(lambda day: day.isoformat())


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One value, or a list."""
    return strategy | st.lists(strategy, min_size=1, max_size=5)


CONTACT = {
    **dict.fromkeys(
        ("name", "first_name", "last_name", "nickname", "org", "po_box", "extended_address", "street", "city", "region",
         "postal_code", "country"),
        LINES,
    ),
    "email": some(EMAILS),
    "url": some(WEB),
    "birthday": DAYS,
    "note": PARAGRAPHS,
}  # fmt: skip
TIMES = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat())
FIELDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "wifi": (
        {"ssid": LINES},
        {
            "password": LINES,
            "security": st.sampled_from(["WPA", "WPA2", "WPA3", "SAE", "WEP", "nopass", "WPA2-EAP"]),
            "hidden": st.booleans(),
            **dict.fromkeys(("eap_method", "identity", "anonymous_identity", "phase2"), LINES),
        },
    ),
    "vcard": (
        {},
        {
            **CONTACT,
            **dict.fromkeys(("middle_name", "prefix", "suffix", "department", "title"), LINES),
            **dict.fromkeys(("phone", "mobile", "home_phone", "work_phone", "fax"), some(PHONES)),
        },
    ),
    "mecard": ({}, {**CONTACT, "phone": some(PLAIN_PHONES), "reading": LINES}),
    "geo": (
        {"lat": st.floats(-90, 90), "lon": st.floats(-180, 180)},
        {"altitude": st.floats(-12_000, 100_000), "label": LINES, "query": LINES},
    ),
    "email": ({"to": some(EMAILS)}, {"cc": some(EMAILS), "bcc": some(EMAILS), "subject": LINES, "body": PARAGRAPHS}),
    "sms": ({"phone": PLAIN_PHONES}, {"message": PARAGRAPHS}),
    "tel": ({"phone": PHONES}, {}),
    "url": ({"url": WEB | LINES.map(lambda line: f"https://example.com/{line}")}, {"as_typed": st.booleans()}),
    "event": (
        {"title": LINES, "start": DAYS | TIMES | TIMES.map(lambda time: f"{time}Z")},
        {
            "end": DAYS | TIMES | TIMES.map(lambda time: f"{time}Z"),
            "location": LINES,
            "description": PARAGRAPHS,
            "url": WEB,
            "uid": LINES,
            "tzid": st.just("Europe/Prague"),
        },
    ),
    "epc": (
        {"name": LINES, "iban": st.just("DE71 1102 2033 0123 4567 89")},
        {
            "amount": st.integers(1, 10**11 - 1).map(lambda cents: f"{cents // 100}.{cents % 100:02}"),
            "bic": st.just("COBADEFFXXX"),
            "purpose": st.just("GDDS"),
            "reference": st.sampled_from(["RF18 5390 0754 7034", "order 7"]),
            "text": LINES,
            "information": LINES,
        },
    ),
    "whatsapp": ({"phone": st.just("+420 123 456 789")}, {"message": PARAGRAPHS}),
}


@st.composite
def payloads(draw: st.DrawFn) -> tuple[str, str]:
    """A type, and the text of a content of it that the service accepts."""
    kind = draw(st.sampled_from(sorted(FIELDS)))
    required, optional = FIELDS[kind]
    given = draw(st.fixed_dictionaries(required, optional=optional))
    try:
        return kind, text(kind, **given)
    except (InvalidRequest, msgspec.ValidationError):
        assume(False)
        raise


@settings(max_examples=400, deadline=None)
@given(payloads())
def test_the_fields_that_are_read_write_the_same_text(written: tuple[str, str]):
    kind, payload = written
    parsed = parse_content(payload)
    assert parsed is not None
    assert parsed.__struct_config__.tag == kind
    assert content_issues(parsed) == ()
    assert write_payload(parsed) == payload


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["kind"]))
def test_every_field_of_an_example_comes_back(example: dict[str, Any]):
    kind = example["kind"]
    content: Content = msgspec.convert(
        {"type" if name == "kind" else name: value for name, value in example.items()}, Content
    )
    parsed = parse_content(write_payload(content))
    assert parsed is not None
    assert write_payload(parsed) == write_payload(content)
    given = {name: value for name, value in example.items() if name not in ("kind", "start", "url", "phone")}
    found = json.loads(msgspec.json.encode(parsed))
    assert {name: found[name] for name in given} == given, kind


def test_there_is_a_strategy_for_every_content_type():
    assert set(FIELDS) == {kind.__struct_config__.tag for kind in get_args(Content)}
