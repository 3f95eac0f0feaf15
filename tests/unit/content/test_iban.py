"""Account numbers: each country has its own length and structure, and all have check digits."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import schwifty
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.content.iban import STRUCTURES

from .given import complaints, text

IBAN = "DE71110220330123456789"


def wrong(**given_fields: Any) -> dict[str, str]:
    return complaints("epc", **({"name": "Franz Mustermänn", "iban": IBAN} | given_fields))


@pytest.mark.parametrize("iban", ["DE71110220330123456788", "DE17110220330123456789", "DE7111022033012345678" + "  "])
def test_the_check_digits_of_an_account_are_verified(iban: str) -> None:
    assert wrong(iban=iban)["iban"].startswith("Must have ")


@pytest.mark.parametrize(
    "iban", ["GB29 NWBK 6016 1331 9268 19", "MT84MALT011000012345MTLCAST001S", "NO9386011117947", "BE72000000001616"]
)
def test_accounts_of_other_countries_are_accepted(iban: str) -> None:
    assert not wrong(iban=iban)


@pytest.mark.parametrize("written", ["IBAN DE71 1102 2033 0123 4567 89", "IBAN: de71110220330123456789"])
def test_an_account_may_say_that_it_is_one(written: str) -> None:
    assert text("epc", name="Franz Mustermänn", iban=written).split("\n")[6] == IBAN


@pytest.mark.parametrize(
    ("iban", "length"), [("DE2511022033012345678", 22), ("DE711102203301234567891", 22), ("NO93860111179471", 15)]
)
def test_the_length_of_an_account_is_that_of_its_country(iban: str, length: int) -> None:
    assert f"Must have {length} characters" in wrong(iban=iban)["iban"]


@pytest.mark.parametrize("iban", ["GB29NWBK60161331926X19", "ZZ71110220330123456789", "DE7111022033012345678A", "DE71"])
def test_an_account_of_another_structure_is_refused(iban: str) -> None:
    assert list(wrong(iban=iban.ljust(15, "1"))) == ["iban"]


def _specification(structure: str) -> str:
    return "".join(kind * int(count) for count, kind in re.findall("([0-9]+)!?([nac])", structure))


def test_lengths_and_structures_are_those_of_the_registry() -> None:
    registry = json.loads((Path(schwifty.__file__).parent / "iban_registry" / "generated.json").read_text())
    for country, structure in STRUCTURES.items():
        # Of Brazil the table of the registry says what its own example and text do not: that the bank has letters.
        given = "8!n5!n10!n1!a1!c" if country == "BR" else registry[country]["bban_spec"]
        assert _specification(structure) == _specification(given), country


@given(st.sampled_from(sorted(STRUCTURES)), st.integers(0))
def test_every_account_that_another_library_makes_is_taken(country: str, seed: int) -> None:
    code = "".join(
        {"n": "0123456789", "a": "ABCDEFGHIJ", "c": "01234ABCDE"}[kind][(seed >> index) % 10]
        for index, kind in enumerate(_specification(STRUCTURES[country]))
    )
    iban = str(schwifty.IBAN.from_bban(country, code, allow_invalid=True))
    assert not wrong(iban=iban)
