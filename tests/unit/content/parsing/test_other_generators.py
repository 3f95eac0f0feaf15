"""Texts as other generators write them, and texts that only look like one of the formats."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.content.parsing import parse_content

VCARD_2 = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nov=C3=A1;Jana\nFN:Jana Nova\n"
    "TEL;CELL:+420 123 456 789\nTEL;WORK;VOICE:112\nEMAIL;INTERNET:jana@example.com\nADR;HOME:;;Main 1;Brno;;60200;CZ\n"
    "BDAY:19800501\nPHOTO;ENCODING=BASE64:AAAA\nEND:VCARD"
)
VCARD_4 = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jana Nová\r\nN:Nová;Jana;;;\r\n"
    'item1.TEL;VALUE=uri;TYPE="voice,home":tel:+420123456789;ext=12\r\n'
    "ORG:Example\\, Inc.;Sales\r\nNOTE:a long n\r\n ote\\nwith two lines\r\nURL:https://example.com/a;b\r\nEND:VCARD\r\n"
)
ICALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Party\\, and more\n"
    "DTSTART;TZID=Europe/Prague:20260501T183000\nDTEND;TZID=Europe/Prague:20260501T200000\nUID:1@example.com\n"
    "LOCATION:Brno\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:another\nEND:VEVENT\nEND:VCALENDAR"
)

READ: list[tuple[str, dict[str, Any]]] = [
    ("WIFI:S:Guests;T:WPA;P:secret;;", {"type": "wifi", "ssid": "Guests", "security": "WPA", "password": "secret"}),
    ("wifi:T:nopass;S:Open;P:;;", {"type": "wifi", "ssid": "Open", "security": "nopass"}),
    ("WIFI:T:;S:Open", {"type": "wifi", "ssid": "Open", "security": "nopass"}),
    (
        r"WIFI:T:WPA2;S:a\;b\:c;P:short;H:TRUE;",
        {"type": "wifi", "ssid": "a;b:c", "security": "WPA2", "password": "short", "hidden": True},
    ),
    (
        VCARD_2,
        {
            "type": "vcard",
            "first_name": "Jana",
            "last_name": "Nová",
            "name": "Jana Nova",
            "mobile": "+420 123 456 789",
            "work_phone": "112",
            "email": "jana@example.com",
            "street": "Main 1",
            "city": "Brno",
            "postal_code": "60200",
            "country": "CZ",
            "birthday": "1980-05-01",
        },
    ),
    (
        VCARD_4,
        {
            "type": "vcard",
            "first_name": "Jana",
            "last_name": "Nová",
            "home_phone": "+420123456789 ext. 12",
            "org": "Example, Inc.",
            "department": "Sales",
            "note": "a long note\nwith two lines",
            "url": "https://example.com/a;b",
        },
    ),
    (
        "MECARD:N:Nova,Jana;TEL:112;TEL:113;EMAIL:a@example.com;X:y;;",
        {
            "type": "mecard",
            "last_name": "Nova",
            "first_name": "Jana",
            "phone": ["112", "113"],
            "email": "a@example.com",
        },
    ),
    (
        "MATMSG:TO:a@example.com;SUB:Hi\\; you;BODY:text;;",
        {"type": "email", "to": "a@example.com", "subject": "Hi; you", "body": "text"},
    ),
    (
        "MAILTO:a@example.com?Subject=Hi%20you&body=1%0D%0A2",
        {"type": "email", "to": "a@example.com", "subject": "Hi you", "body": "1\n2"},
    ),
    ("mailto:?to=a@example.com", {"type": "email", "to": "a@example.com"}),
    ("sms:+420123?body=hello%20you", {"type": "sms", "phone": "+420123", "message": "hello you"}),
    ("sms:+420123&body=hello", {"type": "sms", "phone": "+420123", "message": "hello"}),
    ("SMS:+420123:hello: you", {"type": "sms", "phone": "+420123", "message": "hello: you"}),
    ("smsto:+420123", {"type": "sms", "phone": "+420123"}),
    ("TEL:+420-123", {"type": "tel", "phone": "+420-123"}),
    (
        "geo:50.1,14.4;u=35?q=50.1,14.4(Caf%C3%A9+bar)&z=9",
        {"type": "geo", "lat": 50.1, "lon": 14.4, "label": "Café bar"},
    ),
    ("GEO:50,14?z=3", {"type": "geo", "lat": 50.0, "lon": 14.0}),
    (
        "https://api.whatsapp.com/send?phone=%2B420123456789&text=a+b",
        {"type": "whatsapp", "phone": "+420123456789", "message": "a b"},
    ),
    ("https://wa.me/420123456789/", {"type": "whatsapp", "phone": "+420123456789"}),
    ("https://wa.me/message/ABC", {"type": "url", "url": "https://wa.me/message/ABC"}),
    ("HTTPS://EXAMPLE.COM/A?B", {"type": "url", "url": "HTTPS://EXAMPLE.COM/A?B"}),
    ("URLTO:http://example.com", {"type": "url", "url": "http://example.com"}),
    (
        ICALENDAR,
        {
            "type": "event",
            "title": "Party, and more",
            "start": "2026-05-01T18:30:00",
            "end": "2026-05-01T20:00:00",
            "tzid": "Europe/Prague",
            "location": "Brno",
            "uid": "1@example.com",
        },
    ),
    (
        "BCD\r\n001\r\n1\r\nSCT\r\nBIC\r\nJana\r\nDE71110220330123456789\r\nEUR12.5\r\n\r\n\r\nfor the book",
        {
            "type": "epc",
            "name": "Jana",
            "iban": "DE71110220330123456789",
            "amount": "12.5",
            "text": "for the book",
        },
    ),
]

OTHER = [
    "",
    "hello",
    "wifi",
    "WIFI:",
    "WIFI:P:secret;;",
    "geo:north,east",
    "geo:91,0",
    "tel:",
    "sms:",
    "smsto:",
    "mailto:",
    "BEGIN:VCALENDAR\nEND:VCALENDAR",
    "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:soon\nEND:VEVENT",
    "BCD\n002\n1\nXXX\n\nJana\nDE71110220330123456789",
    "https://",
    "https://exa mple.com",
    "http:///path",
    "ftp://example.com",
    "otpauth://totp/x?secret=ABC",
    "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
]


@pytest.mark.parametrize(("text", "fields"), READ, ids=lambda each: str(each)[:24])
def test_what_another_generator_writes_is_read(text: str, fields: dict[str, Any]):
    parsed = parse_content(text)
    found = json.loads(msgspec.json.encode(parsed))
    assert {name: value for name, value in found.items() if value not in (None, False)} == fields


@pytest.mark.parametrize("text", OTHER)
def test_a_text_that_only_looks_like_a_format_is_none(text: str):
    assert parse_content(text) is None


def test_a_field_that_no_content_could_have_is_left_out():
    parsed = parse_content("MECARD:N:Jana;NOTE:" + "x" * 3000 + ";;")
    assert json.loads(msgspec.json.encode(parsed))["note"] is None
    assert parse_content("WIFI:S:" + "x" * 40 + ";;") is None


BEGINNINGS = [text[:12] for text, _ in READ]


@given(st.sampled_from(BEGINNINGS), st.text(max_size=80) | st.text(";:,\\=\r\nNTELADRBDY0123456789?&%(", max_size=80))
def test_no_text_makes_a_parser_fail(beginning: str, rest: str):
    parse_content(beginning + rest)
