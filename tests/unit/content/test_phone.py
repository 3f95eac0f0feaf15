"""Telephone numbers as people write them; libphonenumber, which Android has, says what is dialled."""

import re
from typing import Any

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

from qr_engine.content.country_codes import KEEPS_ZERO, MAY_START_WITH_ZERO, UNSETTLED_ZERO, country_code

from .given import problems_of, text

LONDON = "+442079460958"


def tel(phone: str) -> str:
    return text("tel", phone=phone).removeprefix("tel:")


@pytest.mark.parametrize(
    "phone",
    [
        "+44 (0)20 7946 0958",
        "+44(0)2079460958",
        "(+44) (0)20 7946 0958",
        "+44-(0)-20-7946-0958",
        "+44 ( 0 ) 20 7946 0958",
        "+44 [0] 20 7946 0958",
        "+44 \uff080\uff0920 7946 0958",
        "+44 (0) (20) 7946 0958",
        "tel:+44 (0)20 7946 0958",
        "+44\u00a020\u00a07946\u00a00958",
        "+44\u202f20\u20097946\u30000958",
        *[f"+44{dash}20{dash}7946{dash}0958" for dash in "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\ufe63"],
        "\u202a+44 20 7946 0958\u202c",
        "\u2066+44 20 7946 0958\u2069\u200e",
        "\ufeff+44 20\u200b7946\u20600958",
        "TEL:+44-20-7946-0958",
        "tel:%2B442079460958",
        "Tel.: +44 20 7946 0958",
        "tel://+442079460958",
        "\uff0b\uff14\uff14 \uff12\uff10 \uff17\uff19\uff14\uff16 \uff10\uff19\uff15\uff18",
        "+44 20 7946 0958,",
    ],
)
def test_every_way_to_write_a_number_is_dialled_alike(phone: str) -> None:
    assert tel(phone) == LONDON


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("sms", "phone", "SMSTO:+442079460958:"),
        ("whatsapp", "phone", "https://wa.me/442079460958"),
        ("vcard", "work_phone", "TEL;TYPE=WORK:+442079460958"),
        ("mecard", "phone", "TEL:+442079460958;"),
    ],
)
def test_every_type_leaves_out_a_zero_in_brackets(kind: str, name: str, expected: str) -> None:
    fields = {name: "+44 (0)20 7946 0958"} | ({} if kind in ("sms", "whatsapp") else {"name": "Jana"})
    assert expected in text(kind, **fields)


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("0044 (0)20 7946 0958", "00442079460958"),
        ("+49 (0) 30 123456", "+4930123456"),
        ("+36 (06) 1 234 5678", "+3612345678"),
        ("+7 (8) 495 123-45-67", "+74951234567"),
        ("+7 (495) 123-45-67", "+74951234567"),
        ("+39 06 1234567", "+39061234567"),
        ("+39 (0)6 1234567", "+39061234567"),
        ("+39 (06) 1234567", "+39061234567"),
        ("+378 (0)549 886377", "+3780549886377"),
        ("+225 07 12 34 56 78", "+2250712345678"),
        ("+225 (0)7 12 34 56 78", "+2250712345678"),
        ("+226 (0)20 49 12 34", "+22620491234"),
        ("+47 02800", "+4702800"),
        ("+1 (555) 123-4567", "+15551234567"),
        ("(0)20 / 123.45", "02012345"),
        ("0475/12.34.56", "0475123456"),
        ("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669", "0123456789"),
        ("112", "112"),
    ],
)
def test_a_zero_is_dialled_where_the_country_dials_it(phone: str, dialled: str) -> None:
    assert tel(phone) == dialled


@pytest.mark.parametrize(
    ("phone", "readings"),
    [
        ("+44 (020) 7946 0958", (LONDON, "+4402079460958")),
        ("+44 020 7946 0958", (LONDON, "+4402079460958")),
        ("0044 020 7946 0958", ("00442079460958", "004402079460958")),
        ("44 (0)20 7946 0958", (LONDON, "4402079460958")),
        ("+36 06 1 234 5678", ("+3612345678", "+360612345678")),
        ("+39 (0)333 1234567", ("+393331234567", "+3903331234567")),
        ("+241 (0)1 12 34 56", ("+2411123456", "+24101123456")),
        ("+0044 20 7946 0958", (LONDON, "00442079460958")),
        ("+1 555 123 4567 #12", ("+15551234567 ext. 12", "+15551234567,12")),
        (" 420 123 456 789", ("+420123456789", "420123456789")),
    ],
)
def test_what_has_two_readings_is_refused_with_both(phone: str, readings: tuple[str, str]) -> None:
    (issue,) = problems_of("tel", phone=phone)
    assert (issue.path, issue.allowed, issue.suggestion) == ("phone", readings, readings[0])
    assert all(reading in issue.message for reading in readings)


@pytest.mark.parametrize("phone", ["44 07700 900123", "4407700900123", "+44 0 7700 900123"])
def test_a_whatsapp_number_has_no_zero_after_its_country_code(phone: str) -> None:
    (issue,) = problems_of("whatsapp", phone=phone)
    assert str(issue.suggestion).removeprefix("+") == "447700900123"


@pytest.mark.parametrize(
    "phone",
    [
        "+420 123 456 789, +420 987 654 321",
        "+420 123 456 789 / +420 987 654 321",
        "123 456 789 / 987 654 321",
        "+420 123 456 789, 987 654 321",
        "call me",
        "+",
        "()",
        "1+2",
        "++44 20 7946 0958",
        "+44 20 7946 0958 (office)",
        "tel:7042;phone-context=example.com",
        "+1 555 123 4567 89012345",
        "1" * 41,
    ],
)
def test_what_is_not_one_number_is_refused(phone: str) -> None:
    (issue,) = problems_of("tel", phone=phone)
    assert issue.path == "phone"
    assert issue.message.startswith("Must ")


@pytest.mark.parametrize(
    ("phone", "uri", "value"),
    [
        ("+1 555-123-4567 ext. 12", "+15551234567;ext=12", r"+15551234567\;ext=12"),
        ("+1 555-123-4567 x12", "+15551234567;ext=12", r"+15551234567\;ext=12"),
        ("tel:+15551234567;ext=12", "+15551234567;ext=12", r"+15551234567\;ext=12"),
        ("+1 555-123-4567 Extension 12", "+15551234567;ext=12", r"+15551234567\;ext=12"),
        ("+1 555-123-4567,,123#", "+15551234567,,123%23", r"+15551234567\,\,123#"),
        ("+1 555-123-4567;123", "+15551234567;123", r"+15551234567\;123"),
        ("+1 555-123-4567 p 123 w 4", "+15551234567,123;4", r"+15551234567\,123\;4"),
    ],
)
def test_what_is_dialled_later_stands_where_the_format_has_a_place_for_it(phone: str, uri: str, value: str) -> None:
    assert tel(phone) == uri
    assert f"TEL:{value}\r\n" in text("vcard", name="Jana", phone=phone)
    for kind in ("sms", "whatsapp"):
        (issue,) = problems_of(kind, phone=phone)
        assert issue.suggestion == "+15551234567"
    assert problems_of("mecard", name="Jana", phone=[phone])[0].path == "phone[0]"


def _examples() -> list[Any]:
    # Those that are free or dear cannot be called from abroad, and are written as within the country.
    kinds = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.VOIP, PhoneNumberType.UAN)
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    found = [phonenumbers.example_number_for_type(region, kind) for region in regions for kind in kinds]
    found += [
        phonenumbers.example_number_for_non_geo_entity(code) for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS
    ]
    return [each for each in found if each is not None]


def test_the_numbers_of_every_country_are_dialled_as_libphonenumber_dials_them() -> None:
    examples = _examples()
    assert len(examples) > 500
    for example in examples:
        dialled = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        assert tel(phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)) == dialled
        assert country_code(dialled[1:]) == str(example.country_code)


def test_a_zero_in_brackets_is_read_as_libphonenumber_reads_it_or_refused() -> None:
    refused = set()
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        example = phonenumbers.example_number(region)
        assert example is not None
        code, national = example.country_code, phonenumbers.national_significant_number(example)
        written = f"+{code} (0){national.lstrip('0')}"
        if problems_of("tel", phone=written):
            refused.add(str(code))
        else:
            assert tel(written) == phonenumbers.format_number(example, PhoneNumberFormat.E164), written
    assert refused <= UNSETTLED_ZERO | {"39"}


@pytest.mark.slow
def test_the_countries_that_dial_a_zero_are_those_of_libphonenumber() -> None:
    possible = set()
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
            assert metadata is not None
            kinds = (metadata.fixed_line, metadata.mobile, metadata.uan)
            if any(kind and _may_begin_with_zero(kind) for kind in kinds):
                possible.add(str(code))
    assert possible <= MAY_START_WITH_ZERO.union(KEEPS_ZERO)
    assert possible.issuperset(KEEPS_ZERO)


def _may_begin_with_zero(kind: Any) -> bool:

    from phonenumbers.re_util import fullmatch

    pattern = re.compile(kind.national_number_pattern or "$.")
    numbers = (
        f"0{start:04}{'1' * (length - 5)}" for length in kind.possible_length if length > 4 for start in range(10000)
    )
    return any(fullmatch(pattern, number) for number in numbers)
