from typing import Any

import pytest
from hypothesis import given

from .given import LINES, PARAGRAPHS, complaints, refusal_of, text
from .readers import components, content_lines, fields, plain

JANA: dict[str, Any] = {"first_name": "Jana", "last_name": "Nováková"}


def vcard(**given_fields: Any) -> dict[str, str]:
    return dict(content_lines(text("vcard", **given_fields)))


def test_a_whole_vcard_line_by_line() -> None:
    made = text(
        "vcard",
        first_name="John",
        last_name="Stevenson",
        middle_name="Philip",
        prefix="Dr.",
        suffix="Jr.",
        nickname="Johnny",
        org="ABC, Inc.",
        department="North American Division",
        title="Director",
        phone="+1-213-555-1234",
        mobile=["+1 213 555 1235", "+1 213 555 1236"],
        home_phone="213.555.1237",
        work_phone="(213) 555-1238",
        fax="2135551239",
        email=["john@example.com", "js@example.com"],
        url="https://example.com/a,b;c",
        street="123 Main Street",
        city="Any Town",
        region="CA",
        postal_code="91921-1234",
        country="U.S.A.",
        birthday="1996-04-15",
        note="Operational 0800 to 1715 EST, Mon-Fri.\nNot: weekends",
    )
    assert made.split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Stevenson;John;Philip;Dr.;Jr.",
        "FN:Dr. John Philip Stevenson Jr.",
        "NICKNAME:Johnny",
        r"ORG:ABC\, Inc.;North American Division",
        "TITLE:Director",
        "TEL:+12135551234",
        "TEL;TYPE=CELL:+12135551235",
        "TEL;TYPE=CELL:+12135551236",
        "TEL;TYPE=HOME:2135551237",
        "TEL;TYPE=WORK:2135551238",
        "TEL;TYPE=FAX:2135551239",
        "EMAIL:john@example.com",
        "EMAIL:js@example.com",
        "URL:https://example.com/a,b;c",
        "ADR:;;123 Main Street;Any Town;CA;91921-1234;U.S.A.",
        "BDAY:1996-04-15",
        r"NOTE:Operational 0800 to 1715 EST\, Mon-Fri.\nNot: weekends",
        "END:VCARD",
        "",
    ]


@given(value=LINES)
def test_any_line_in_a_structured_property_is_read_back(value: str) -> None:
    card = vcard(last_name=value, first_name="Jana", org=value, department=value, city=value, country=value)
    assert components(card["N"]) == [value, "Jana", "", "", ""]
    assert components(card["ORG"]) == [value, value]
    assert components(card["ADR"]) == ["", "", "", value, "", "", value]


@given(value=PARAGRAPHS)
def test_any_note_is_read_back_and_forges_no_property(value: str) -> None:
    lines = content_lines(text("vcard", name="Jana", note=value))
    assert [name for name, _ in lines] == ["BEGIN", "VERSION", "N", "FN", "NOTE", "END"]
    assert plain(lines[4][1]) == value


def test_line_breaks_of_every_system_become_the_same_escape() -> None:
    assert vcard(name="Jana", note="a\r\nb\rc\nd")["NOTE"] == r"a\nb\nc\nd"


def test_a_colon_and_a_quotation_mark_are_not_escaped_in_a_vcard() -> None:
    assert vcard(name="Jana", note='re: "x"')["NOTE"] == 're: "x"'


def test_long_lines_are_not_folded() -> None:
    assert vcard(name="Jana", note="x" * 300)["NOTE"] == "x" * 300


def test_a_name_given_whole_is_the_formatted_name_and_stands_for_the_given_name() -> None:
    card = vcard(name="Jana Nováková")
    assert (card["FN"], components(card["N"])) == ("Jana Nováková", ["", "Jana Nováková", "", "", ""])


def test_a_name_given_whole_is_shown_where_its_parts_are_given_too() -> None:
    card = vcard(name="J. Nováková", **JANA)
    assert (card["FN"], card["N"]) == ("J. Nováková", "Nováková;Jana;;;")


def test_a_company_needs_no_person() -> None:
    card = vcard(org="ACME, Inc.")
    assert (card["N"], card["FN"], card["ORG"]) == (";;;;", r"ACME\, Inc.", r"ACME\, Inc.")


def test_a_mecard_as_readers_have_known_it_since_the_first() -> None:
    made = text("mecard", first_name="Sean", last_name="Owen", phone="12125551212", email="srowen@example.com")
    assert made == "MECARD:N:Owen,Sean;TEL:12125551212;EMAIL:srowen@example.com;;"


def test_a_whole_mecard() -> None:
    made = text(
        "mecard",
        **JANA,
        reading="ヤナ",
        nickname="J",
        org="ACME",
        phone=["+420 1", "2"],
        email="j@example.com",
        url="https://example.com",
        street="Dlouhá 1",
        city="Praha",
        postal_code="110 00",
        country="CZ",
        birthday="0980-01-02",
        note="x",
    )
    assert fields(made, "MECARD") == [
        ("N", "Nováková,Jana"),
        ("SOUND", "ヤナ"),
        ("NICKNAME", "J"),
        ("ORG", "ACME"),
        ("TEL", "+4201"),
        ("TEL", "2"),
        ("EMAIL", "j@example.com"),
        ("URL", "https://example.com"),
        ("ADR", ",,Dlouhá 1,Praha,,110 00,CZ"),
        ("BDAY", "09800102"),
        ("NOTE", "x"),
    ]


@given(line=LINES, note=PARAGRAPHS)
def test_any_value_of_a_mecard_is_read_back(line: str, note: str) -> None:
    assert fields(text("mecard", name=line, nickname=line, note=note), "MECARD") == [
        ("N", line),
        ("NICKNAME", line),
        ("NOTE", note),
    ]


def test_a_comma_inside_a_part_of_a_mecard_name_is_escaped_and_the_one_between_is_not() -> None:
    assert text("mecard", first_name="J", last_name="A,B") == r"MECARD:N:A\,B,J;;"


@pytest.mark.parametrize("kind", ["vcard", "mecard"])
def test_a_contact_needs_some_name(kind: str) -> None:
    assert complaints(kind, note="x") == {"name": "Must be given, unless first_name, last_name or org is given."}


@pytest.mark.parametrize("kind", ["vcard", "mecard"])
@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [("phone", "call me", "digits"), ("email", "Jana <j@x>", "email address"), ("url", "a b", "web address")],
)
def test_one_text_where_a_list_may_stand_is_checked_like_the_items_of_a_list(
    kind: str, field: str, value: str, allowed: str
) -> None:
    sentence = complaints(kind, name="Jana", **{field: value})[field]
    assert sentence.startswith("Must be")
    assert allowed in sentence
    if field == "url":
        assert "$.url[0]" in refusal_of(kind, name="Jana", url=[value])
    else:
        assert complaints(kind, name="Jana", **{field: [value]}) == {f"{field}[0]": sentence}


def test_every_kind_of_number_of_a_vcard_is_checked() -> None:
    kinds = ("phone", "mobile", "home_phone", "work_phone", "fax")
    assert list(complaints("vcard", name="Jana", **dict.fromkeys(kinds, "x"))) == list(kinds)


@pytest.mark.parametrize("birthday", ["1980-02-30", "yesterday", "2. 1. 1980"])
def test_a_birthday_must_be_a_date_that_exists(birthday: str) -> None:
    assert "$.birthday" in refusal_of("vcard", name="Jana", birthday=birthday)
