"""Account numbers by country: ISO 13616-1, with the structures in SWIFT's IBAN Registry.

As of October 2026 the registry has the 89 countries below and no others. Accounts of France's overseas territories
begin with FR, those of Åland with FI, those of the Channel Islands and Man with GB.
"""

import re
from functools import cache
from typing import Final

from ..invisible import remove_invisible

__all__ = ["STRUCTURES", "compact_code", "explain_iban", "has_valid_check_digits"]

STRUCTURES: Final = {
    entry[:2]: entry[3:]
    for entry in """
AD 8n12c|AE 19n|AL 8n16c|AT 16n|AZ 4a20c|BA 16n|BE 12n|BG 4a6n8c|BH 4a14c|BI 23n|BR 23n1a1c|BY 4c4n16c|CH 5n12c
CR 18n|CY 8n16c|CZ 20n|DE 18n|DJ 23n|DK 14n|DO 4c20n|EE 16n|EG 25n|ES 20n|FI 14n|FK 2a12n|FO 14n|FR 10n11c2n
GB 4a14n|GE 2a16n|GI 4a15c|GL 14n|GR 7n16c|GT 24c|HN 4a20n|HR 17n|HU 24n|IE 4a14n|IL 19n|IQ 4a15n|IS 22n
IT 1a10n12c|JO 4a4n18c|KW 4a22c|KZ 3n13c|LB 4n20c|LC 4a24c|LI 5n12c|LT 16n|LU 3n13c|LV 4a13c|LY 21n|MC 10n11c2n
MD 20c|ME 18n|MK 3n10c2n|MN 16n|MR 23n|MT 4a5n18c|MU 4a19n3a|NI 4a20n|NL 4a10n|NO 11n|OM 3n16c|PK 4a16c|PL 24n
PS 4a21c|PT 21n|QA 4a21c|RO 4a16c|RS 18n|RU 14n15c|SA 2n18c|SC 4a20n3a|SD 14n|SE 20n|SI 15n|SK 20n|SM 1a10n12c
SO 19n|ST 21n|SV 4a20n|TL 19n|TN 20n|TR 6n16c|UA 6n19c|VA 18n|VG 4a16n|XK 16n|YE 4a4n18c
""".replace("\n", "|")
    .strip("|")
    .split("|")
}
"""The characters after the check digits by country: how many digits (n), capitals (a), or either (c), in order."""

_CLASSES: Final = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}


def compact_code(written: str) -> str:
    """Write a code as machines exchange it: in capitals, without spaces and invisible characters."""
    return "".join(remove_invisible(written).split()).upper()


def explain_iban(iban: str) -> str | None:
    """Return in one sentence what is wrong with a compact IBAN; None if it is correct."""
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]+", iban):
        return "Must be an IBAN: two letters, two check digits, then letters and digits; spaces are allowed."
    country = iban[:2]
    if country not in STRUCTURES:
        return f"Must begin with a country that has IBANs; {country} is not one (ISO 13616-1)."
    length = 4 + sum(int(count) for count, _ in _parts(country))
    if len(iban) != length:
        return f"Must have {length} characters, like every IBAN of {country}, not {len(iban)} (ISO 13616-1)."
    if not _structure(country).fullmatch(iban[4:]):
        return f"Must have digits and letters in the positions of an IBAN of {country} (ISO 13616-1)."
    return (
        None
        if has_valid_check_digits(iban)
        else "Must have correct check digits (ISO 13616-1); a character is wrong or two are swapped."
    )


def has_valid_check_digits(code: str) -> bool:
    """Return whether the check digits of an IBAN or a creditor reference are correct (ISO 7064, MOD 97-10)."""
    # Computed over the code with its first four characters moved to the end, and letters as 10 to 35.
    digits = int("".join(str(int(character, 36)) for character in code[4:] + code[:4]))
    return digits % 97 == 1 and 2 <= int(code[2:4]) <= 98


def _parts(country: str) -> list[tuple[str, str]]:
    return re.findall("([0-9]+)([nac])", STRUCTURES[country])


@cache
def _structure(country: str) -> re.Pattern[str]:
    return re.compile("".join([f"{_CLASSES[kind]}{{{count}}}" for count, kind in _parts(country)]))
