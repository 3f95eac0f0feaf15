"""Telephone numbers: from the way people write and copy them to the digits to dial.

The difficulty is a zero after a country code. Most countries put one before a number dialled within the country, and
omit it from abroad (ITU-T E.123, 7.1), so ``+44 (0)20`` is dialled ``+4420``. In Italy and a few others the zero is
part of the number. If a text has two readings, this module does not guess: the caller gets both.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NoReturn

from msgspec import Struct

from ..errors import Issue
from ..invisible import remove_invisible
from .country_codes import KEEPS_ZERO, MAY_START_WITH_ZERO, TRUNKS, UNSETTLED_ZERO, country_code
from .fields import list_values, reading_issue

__all__ = ["PhoneNumber", "phone_issues", "read_digits", "read_phone"]

_MOST_DIGITS: Final = 15
"""Digits of a number with its country code (ITU-T E.164, 6.2)."""

_MOST_DIGITS_INLAND: Final = 20
"""Digits of a number without a country code, including ``*`` and ``#``."""

_LONGEST_AREA_CODE: Final = 6
_SHORTEST_NUMBER: Final = 6
_PINLIKE: Final = 7

_SCHEME: Final = r"(?i)(?:tel|callto|sms|smsto|phone|mobile|fax)\.?:(?://)?|tel\.(?=[ 0-9+(])"
_EXTENSION: Final = r"(?i)(.*?[0-9)])[ ,;]*(?:ext(?:ension|n)?|x(?:tn)?)[ .:=#]*([0-9][0-9 .-]*)"
_TONES: Final = r"(?i)((?>(?:[^ ,;pw]++| ++(?=[^ ,;pw]))*))( *+[,;pw][0-9*#,;pw ()./-]*+)"
_NUMBER: Final = r"(?=[^0-9]*+[0-9])[0-9+*#() ./-]*+"
_ABROAD: Final = r"[( ]*(\+|00)[ ().-]*(?=[0-9])"
_LONE_ZERO: Final = r"\( *0 *\)"
_FIRST_BRACKETS: Final = r"[ )./-]*\( *([0-9]{1,2}) *\)"
_FOLDED = {ord(sign): "-" for sign in "\u2043\u207b\u2212\u30fc~"} | {
    ord(sign): folded for sign, folded in zip("[]\u00b7\u2022\u2044\u2215\u2795", "()..//+", strict=True)
}


class PhoneNumber(Struct, frozen=True):
    """A telephone number as it is dialled.

    Attributes
    ----------
    digits
        With a leading ``+`` if the number was written with one; within a country, also ``*`` and ``#``.
    extension
        Digits, or empty.
    tones
        Dialled after the other side answers: pauses as ``,``, waiting as ``;``, then digits, ``*``, ``#``.
    """

    digits: str
    extension: str = ""
    tones: str = ""


class _UnclearNumber(Exception):
    """A text that is not a telephone number, or has several readings, likeliest first."""

    def __init__(self, message: str, *readings: str) -> None:
        super().__init__(message)
        self.message, self.readings = message, readings


def phone_issues(
    content: Struct, *names: str, allows_extension: bool, begins_with_country_code: bool = False
) -> Iterator[Issue]:
    """Find what is wrong with the numbers in the named fields.

    Parameters
    ----------
    allows_extension
        Whether the format supports an extension and tones.
    begins_with_country_code
        Whether a number begins with its country code even without ``+`` or ``00``.
    """
    for name in names:
        value = getattr(content, name)
        for index, written in enumerate(list_values(value)):
            path = name if isinstance(value, str) else f"{name}[{index}]"
            try:
                number = read_phone(written, begins_with_country_code=begins_with_country_code)
            except _UnclearNumber as unclear:
                yield reading_issue(path, unclear.message, unclear.readings)
                continue
            if not allows_extension and (number.extension or number.tones):
                message = "Must be only the number: this type has no extensions and no digits to dial later."
                yield reading_issue(path, message, (number.digits,))


def read_digits(written: str) -> str:
    """Read the digits to dial from a number that has passed `phone_issues`."""
    return read_phone(written).digits


def read_phone(written: str, *, begins_with_country_code: bool = False) -> PhoneNumber:
    """Parse a telephone number as a person writes it or a page shows it.

    Spaces, dashes and dots of every kind, brackets, slashes, invisible characters and a leading ``tel:`` are left out
    (RFC 3966, 5.1.1). Digits may be of any script.
    """
    text = _fold_to_ascii(written)
    extension, tones = "", ""
    if match := re.fullmatch(_EXTENSION, text):
        text, extension = match[1], _keep(match[2], "0123456789")
    elif match := re.fullmatch(_TONES, text):
        text, tones = match[1], _keep(match[2].lower().replace("p", ",").replace("w", ";"), "0123456789*#,;")
        if re.fullmatch(r" *[,;] ?[0-9 ()./-]+", match[2]) and len(tones) > _PINLIKE:
            raise _UnclearNumber(
                "Must be one number; send several as a list. For a pause before a long code, write two commas."
            )
        if not any(sign.isdigit() for sign in tones):
            tones = ""
    if "+" in text.lstrip("( ")[1:]:
        raise _UnclearNumber("Must be one telephone number, with + only at the beginning; send several as a list.")
    if not re.fullmatch(_NUMBER, text):
        raise _UnclearNumber(
            "Must be a telephone number: digits, with an optional leading + (in a query string %2B), separators, "
            "and an extension as in ext. 12."
        )
    if written.startswith(" ") and not re.match(_ABROAD, text):
        digits = _keep_digits(text)
        raise _UnclearNumber("Must not begin with a space: in a query string, write + as %2B.", "+" + digits, digits)
    return PhoneNumber(_read_number(text, begins_with_country_code=begins_with_country_code), extension, tones)


def _fold_to_ascii(written: str) -> str:
    """Convert to ASCII what copying changes: spaces, dashes, digits, full-width forms; `_NUMBER` checks the rest."""
    text = written
    if not text.isascii():
        from unicodedata import category, normalize

        text = normalize("NFKC", remove_invisible(text)).translate(_FOLDED)
        text = "".join("-" if category(sign) == "Pd" else str(int(sign)) if sign.isdecimal() else sign for sign in text)
    else:
        text = text.translate(_FOLDED)
    text = text.strip(" ")
    if match := re.match(_SCHEME, text):
        text = re.sub("%([0-9A-Fa-f]{2})", lambda octet: chr(int(octet[1], 16)), text[match.end() :]).strip(" ")
    return text


def _read_number(text: str, *, begins_with_country_code: bool) -> str:
    abroad = re.match(_ABROAD, text)
    prefix, rest = (abroad[1], text[abroad.end() :]) if abroad else ("", text)
    digits = _keep_digits(rest)
    if prefix == "+" and digits.startswith("0"):
        inland = _keep_digits(text).removeprefix("+")
        raise _UnclearNumber(
            "Must have a country code after +; no country code begins with 0.", "+" + inland.lstrip("0"), inland
        )
    code = country_code(digits) if prefix or (begins_with_country_code and not digits.startswith("0")) else ""
    _refuse_two(rest)
    if not code:
        if zero_in_brackets := re.search(_LONE_ZERO, rest):
            before, after = _keep_digits(rest[: zero_in_brackets.start()]), _keep_digits(rest[zero_in_brackets.end() :])
            if before:
                _refuse_both_readings(_DOUBTFUL_ZERO, lambda zero: f"{'+' * (not zero)}{prefix}{before}{zero}{after}")
        if len(digits) > _MOST_DIGITS_INLAND:
            raise _UnclearNumber(f"Must have at most {_MOST_DIGITS_INLAND} digits.")
        return prefix + digits
    if prefix and not digits.isdigit():
        before, sign, after = re.split(r"([*#])", digits, maxsplit=1)
        after = after.strip("*#")
        readings = (f"{prefix}{before} ext. {after}", f"{prefix}{before},{after}") if sign and after else ()
        raise _UnclearNumber("Must have no * or # in a number with a country code, except after a pause.", *readings)
    national = prefix + code + _read_national(code, _skip_digits(rest, len(code)), prefix)
    if len(national) - len(prefix) > _MOST_DIGITS:
        raise _UnclearNumber(f"Must have at most {_MOST_DIGITS} digits with the country code.")
    return national


_DOUBTFUL_ZERO: Final = "Must be written as it is dialled: it is not clear whether the 0 is part of the number."


def _read_national(code: str, rest: str, prefix: str) -> str:
    """Return the digits after a country code, without a trunk prefix in brackets."""

    def reading(zero: str) -> str:
        return f"{prefix}{code}{zero}{_keep_digits(rest)}"

    match = re.match(_FIRST_BRACKETS, rest)
    if match and (match[1] == "0" or match[1] in TRUNKS.get(code, ())):
        rest = rest[match.end() :]
        trunk = match[1]
        if trunk == "0" and (code in UNSETTLED_ZERO or (code == "39" and _may_be_italian_mobile(rest))):
            _refuse_both_readings(_DOUBTFUL_ZERO, reading)
        zero_kept = trunk if trunk == "0" and code in KEEPS_ZERO else ""
        if zero_kept and (length := KEEPS_ZERO[code]) and len(_keep_digits(rest)) != length - 1:
            if len(_keep_digits(rest)) != length:
                _refuse_both_readings(_DOUBTFUL_ZERO, reading)
            zero_kept = ""
        if _keep_digits(rest).startswith("0") and not _begins_with_zero(code):
            rest = _keep_digits(rest).lstrip("0")
            _refuse_both_readings(_DOUBTFUL_ZERO, reading)
        if re.search(_LONE_ZERO, rest):
            raise _UnclearNumber(_DOUBTFUL_ZERO)
        return zero_kept + _keep_digits(rest)
    digits = _keep_digits(rest)
    if digits.startswith("0") and not _begins_with_zero(code):
        trunk = next(trunk for trunk in (*TRUNKS.get(code, ()), "0") if digits.startswith(trunk))
        rest = digits[len(trunk) :]
        _refuse_both_readings(
            f"Must be written as it is dialled: after +{code} no number begins with 0.", reading, trunk
        )
    if match := re.search(_LONE_ZERO, rest):
        before, after = _keep_digits(rest[: match.start()]), _keep_digits(rest[match.end() :])
        _refuse_both_readings(_DOUBTFUL_ZERO, lambda zero: f"{prefix}{code}{before}{zero}{after}")
    return digits


def _begins_with_zero(code: str) -> bool:
    return code in MAY_START_WITH_ZERO or code in KEEPS_ZERO


def _may_be_italian_mobile(rest: str) -> bool:
    """Return whether it may be an Italian mobile number: ten digits, without a leading zero."""
    digits = _keep_digits(rest)
    return digits.startswith("3") and len(digits) == 10


def _refuse_two(rest: str) -> None:
    for slash in re.finditer("/", rest):
        before, after = _keep_digits(rest[: slash.start()]), _keep_digits(rest[slash.end() :])
        if len(before) > _LONGEST_AREA_CODE and len(after) >= _SHORTEST_NUMBER:
            raise _UnclearNumber("Must be one telephone number; send several as a list.")


def _refuse_both_readings(message: str, reading: Callable[[str], str], trunk: str = "0") -> NoReturn:
    raise _UnclearNumber(message, reading(""), reading(trunk))


def _skip_digits(rest: str, count: int) -> str:
    """Return the text after the first `count` digits."""
    end = 0
    while count:
        count -= rest[end].isdigit()
        end += 1
    return rest[end:]


def _keep_digits(text: str) -> str:
    return _keep(text, "0123456789+*#")


def _keep(text: str, characters: str) -> str:
    return "".join([character for character in text if character in characters])
