"""Characters that nobody sees, and those that only seem to be such."""

from typing import Any

import pytest

from .given import problems_of, text

NAMED = {
    "\u200b": "U+200B ZERO WIDTH SPACE",
    "\u200c": "U+200C ZERO WIDTH NON-JOINER",
    "\u200d": "U+200D ZERO WIDTH JOINER",
    "\u200e": "U+200E LEFT-TO-RIGHT MARK",
    "\u200f": "U+200F RIGHT-TO-LEFT MARK",
    "\u202a": "U+202A LEFT-TO-RIGHT EMBEDDING",
    "\u202e": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "\u2060": "U+2060 WORD JOINER",
    "\u2066": "U+2066 LEFT-TO-RIGHT ISOLATE",
    "\ufeff": "U+FEFF BYTE ORDER MARK (ZERO WIDTH NO-BREAK SPACE)",
    "\u00ad": "U+00AD SOFT HYPHEN",
    "\u3164": "U+3164 HANGUL FILLER",
    "\U000e0041": "U+E0041 TAG LATIN CAPITAL LETTER A",
}
FIELDS: dict[str, dict[str, Any]] = {
    "url": {"url": "https://example.com/"},
    "vcard": {"name": "Jana"},
    "wifi": {"ssid": "Home", "password": "12345678"},
    "email": {"to": "jana@example.com", "subject": "Hello"},
    "event": {"title": "Dinner", "start": "2026-05-01"},
    "epc": {"name": "Jana", "iban": "DE71110220330123456789", "text": "Invoice"},
    "geo": {"lat": 1, "lon": 2, "label": "Home"},
}


@pytest.mark.parametrize("character", NAMED)
@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_of_one_line_has_no_invisible_characters(kind: str, character: str) -> None:
    for name, value in FIELDS[kind].items():
        if not isinstance(value, str) or name in ("iban", "start"):
            continue
        for written in (value + character, character + value, value[:3] + character + value[3:]):
            found = [
                issue for issue in problems_of(kind, **(FIELDS[kind] | {name: written})) if "invisible" in issue.message
            ]
            assert [(issue.path, issue.suggestion) for issue in found] == [(name, value)]
            assert NAMED[character] in found[0].message


WITH_INK = [
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f469\U0001f3fd\u200d\U0001f4bb Jana",
    "\u2764\ufe0f\u200d\U0001f525",
    "\U0001f3f3\ufe0f\u200d\U0001f308",
    "\U0001f9d1\u200d\u2695\ufe0f",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\u260e\ufe0f",
    "\u845b\U000e0100\u57ce",
    "\u067e\u0646\u062c\u0631\u0647\u200c\u0647\u0627",
    "\u0647\u200d.\u0634",
    "\u0915\u094d\u200d\u0937",
    "\u0915\u094d\u200c\u0937",
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
    "\u0661\u0662\u0600",
]
"""Emoji, flags, variants of a kanji, plurals in Persian, conjuncts of Indic scripts, an Arabic sign for numbers."""


@pytest.mark.parametrize("name", WITH_INK)
def test_what_a_script_or_an_emoji_needs_is_left_alone(name: str) -> None:
    assert f"FN:{name}\r\n" in text("vcard", name=name)
    assert not problems_of("wifi", ssid=name)


def test_text_of_several_lines_may_have_marks_for_its_direction() -> None:
    assert (
        text("sms", phone="123", message="\u200f\u05e9\u05dc\u05d5\u05dd") == "SMSTO:123:\u200f\u05e9\u05dc\u05d5\u05dd"
    )


def test_items_of_a_list_are_named_by_their_place() -> None:
    found = problems_of("vcard", name="Jana", email=["a@x.org", "b@x.org\u200b"])
    assert [issue.path for issue in found] == ["email[1]"]
