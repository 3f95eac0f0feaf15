from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qr_engine.content import Epc, write_payload

from .given import LINES, complaints, refusal_of, text

IBAN = "DE71110220330123456789"
LINE_NAMES = (
    "tag",
    "version",
    "charset",
    "id",
    "bic",
    "name",
    "iban",
    "amount",
    "purpose",
    "reference",
    "text",
    "info",
)


def transfer(**given_fields: Any) -> dict[str, str]:
    lines = text("epc", **({"name": "Franz Mustermänn", "iban": IBAN} | given_fields)).split("\n")
    return dict(zip(LINE_NAMES, lines, strict=False))


def wrong(**given_fields: Any) -> dict[str, str]:
    return complaints("epc", **({"name": "Franz Mustermänn", "iban": IBAN} | given_fields))


def test_the_example_of_the_guidelines() -> None:
    made = text(
        "epc",
        bic="BHBLDEHHXXX",
        name="Franz Mustermänn",
        iban="DE71110220330123456789",
        amount=12.3,
        purpose="GDDS",
        reference="RF18539007547034",
    )
    assert made == (
        "BCD\n002\n1\nSCT\nBHBLDEHHXXX\nFranz Mustermänn\nDE71110220330123456789\nEUR12.3\nGDDS\nRF18539007547034"
    )


def test_name_and_account_are_enough() -> None:
    assert text("epc", name="Jana", iban=IBAN) == f"BCD\n002\n1\nSCT\n\nJana\n{IBAN}"


def test_a_note_to_the_payer_is_the_twelfth_line() -> None:
    made = text("epc", name="Jana", iban=IBAN, information="Thanks")
    assert made.split("\n")[7:] == ["", "", "", "", "Thanks"]


@pytest.mark.parametrize("field", ["iban", "bic", "purpose", "reference"])
def test_codes_are_written_in_capitals_and_without_spaces(field: str) -> None:
    written = {
        "iban": "de71 1102 2033 0123 4567 89",
        "bic": "bhbldehhxxx",
        "purpose": "gdds",
        "reference": "rf18 5390 0754 7034",
    }
    assert transfer(**written)[field] == written[field].replace(" ", "").upper()


@given(name=LINES, words=LINES)
def test_any_name_and_text_stay_on_their_lines(name: str, words: str) -> None:
    # With what is around them, more than this may be over the 331 octets that a transfer has.
    assume(len((name + words).encode()) <= 280)
    made = transfer(name=name, text=words, information="end")
    assert (made["name"], made["text"], made["info"]) == (name, words, "end")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("0.01", "EUR0.01"),
        ("999999999.99", "EUR999999999.99"),
        (1, "EUR1"),
        ("100.00", "EUR100"),
        ("12.30", "EUR12.3"),
        (0.1, "EUR0.1"),
        ("1e2", "EUR100"),
        ("12.3000", "EUR12.3"),
    ],
)
def test_an_amount_is_exact_whether_a_number_or_a_text(written: float | str, line: str) -> None:
    assert transfer(amount=written)["amount"] == line


@given(cents=st.integers(1, 99_999_999_999))
def test_any_amount_in_cents_is_read_back(cents: int) -> None:
    whole, part = divmod(cents, 100)
    line = transfer(amount=f"{whole}.{part:02}")["amount"]
    euro, _, rest = line.removeprefix("EUR").partition(".")
    assert int(euro) * 100 + int(rest.ljust(2, "0")) == cents


@given(cents=st.integers(1, 99_999_999))
def test_an_amount_as_a_json_number_is_the_same_as_the_text(cents: int) -> None:
    assert transfer(amount=cents / 100) == transfer(amount=f"{cents / 100:.2f}")


@pytest.mark.parametrize(
    "amount", ["0", "0.009", "1.001", "-1", "1000000000", "NaN", "sNaN", "Infinity", "1e999999", "1e-999999"]
)
def test_an_amount_outside_its_bounds_is_refused_with_them(amount: str) -> None:
    assert wrong(amount=amount) == {"amount": "Must be from 0.01 to 999999999.99 euro with at most two decimals."}


@pytest.mark.parametrize("reference", ["RF19539007547034", "RF18 5390-0754", "RF", "RF18ä", "rf19 5390 0754 7034"])
def test_the_check_digits_of_a_creditor_reference_are_verified(reference: str) -> None:
    assert list(wrong(reference=reference)) == ["reference"]


@pytest.mark.parametrize("reference", ["13-456", "Inv 7 abc", "inv-7abc", "RFQ 2026 7", "Rechnung 12 / b"])
def test_a_reference_of_another_scheme_is_left_alone(reference: str) -> None:
    assert transfer(reference=reference)["reference"] == reference


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009", "\u3000", "\u200b", "\ufeff"])
def test_blanks_of_every_kind_may_group_an_account_and_a_bank(blank: str) -> None:
    iban = blank.join(["DE71", "1102", "2033", "0123", "4567", "89"])
    made = transfer(iban=blank + iban, bic=blank.join(["BFSW", "DE", "33", "BER"]))
    assert (made["iban"], made["bic"]) == (IBAN, "BFSWDE33BER")


@pytest.mark.parametrize("bic", ["BFSWDE33BERX", "BFSW DE 3", "1234DE33", "BFSWDE33BE"])
def test_a_bank_has_8_or_11_characters(bic: str) -> None:
    assert list(wrong(bic=bic)) == ["bic"]


def test_reference_and_text_exclude_each_other() -> None:
    assert wrong(reference="1", text="x") == {"text": "Must be left out if reference is given; use only one of them."}


def test_a_transfer_of_331_octets_is_accepted() -> None:
    made = text("epc", name="ž" * 70, iban=IBAN, bic="BHBLDEHHXXX", text="x" * 138)
    assert len(made.encode()) == 331


def test_a_transfer_of_332_octets_is_refused_with_both_numbers() -> None:
    found = wrong(name="ž" * 70, bic="BHBLDEHHXXX", text="x" * 139)
    assert found == {"": "Must take at most 331 octets in UTF-8 in total, not 332: shorten text or name."}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = wrong(iban="DE71110220330123456788", amount="sNaN", reference="RF19539007547034", text="x")
    assert list(found) == ["iban", "amount", "reference", "text"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "a\nb"),
        ("name", "a\u2028b"),
        ("text", "a\rb"),
        ("iban", "DE71\n10220330123456789"),
        ("bic", "SHORT"),
        ("bic", "BFSWDE33\n"),
        ("purpose", "GIFTS"),
    ],
)
def test_a_field_that_would_shift_or_break_a_line_is_refused(field: str, value: str) -> None:
    assert f"$.{field}" in refusal_of("epc", **({"name": "Jana", "iban": IBAN} | {field: value}))


def test_an_amount_may_arrive_from_a_query_string() -> None:
    content = msgspec.convert({"name": "Jana", "iban": IBAN, "amount": "12.3"}, Epc, strict=False)
    assert write_payload(content).endswith("EUR12.3")
