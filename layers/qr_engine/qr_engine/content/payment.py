"""A SEPA credit transfer: the EPC's "Quick Response Code: Guidelines to Enable Data Capture" (EPC069-12), version 002.

segno's ``make_epc_qr`` is not used: it checks neither IBAN nor reference, lets a line break in the name shift every
field after it, insists on an amount and a remittance, which version 002 leaves optional, and returns a symbol instead
of a text.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from .fields import END, Line

__all__ = ["Epc", "epc_problems", "epc_text"]

_LEAST, _MOST = Decimal("0.01"), Decimal("999999999.99")
_MOST_OCTETS = 331

Iban = Annotated[
    str,
    Meta(
        min_length=15,
        max_length=42,
        pattern=r"^[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]+" + END,
        title="an IBAN: two letters, two check digits, then letters and digits; spaces may group them",
        examples=["DE71 1102 2033 0123 4567 89"],
    ),
]
Bic = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=11,
        pattern=r"^[A-Za-z]{6}[A-Za-z0-9]{2}([A-Za-z0-9]{3})?" + END,
        title="a BIC of 8 or 11 characters",
    ),
]
Purpose = Annotated[
    str, Meta(min_length=1, max_length=4, pattern="^[A-Za-z0-9]+" + END, title="a purpose code of 1 to 4 characters")
]


class Epc(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="epc"):
    """A SEPA credit transfer in euro, ready to be confirmed in a banking application."""

    name: Annotated[Line, Meta(max_length=70, description="The beneficiary.")]
    iban: Annotated[Iban, Meta(description="The beneficiary's account; its check digits are verified.")]
    amount: Annotated[
        Decimal | None,
        Meta(description="Euro, 0.01 to 999999999.99, as a number or a text; left out, the payer enters it."),
    ] = None
    bic: Annotated[
        Bic | None, Meta(description="The beneficiary's bank; needed outside the European Economic Area.")
    ] = None
    purpose: Annotated[Purpose | None, Meta(description="An ISO 20022 purpose code.", examples=["GDDS"])] = None
    reference: Annotated[
        Annotated[Line, Meta(max_length=35)] | None,
        Meta(description="Structured creditor reference (ISO 11649); not together with `text`."),
    ] = None
    text: Annotated[
        Annotated[Line, Meta(max_length=140)] | None,
        Meta(description="Unstructured remittance information; not together with `reference`."),
    ] = None
    information: Annotated[Annotated[Line, Meta(max_length=70)] | None, Meta(description="A note to the payer.")] = None


def epc_problems(epc: Epc) -> Iterator[Issue]:
    """Find what is wrong with the transfer beyond the shape of its fields."""
    iban = _compact(epc.iban)
    if not 15 <= len(iban) <= 34 or not _checks(iban):
        yield Issue("iban", "Must be an IBAN of 15 to 34 characters whose check digits are right (ISO 13616-1).")
    if epc.amount is not None and not _payable(epc.amount):
        yield Issue("amount", f"Must be from {_LEAST} to {_MOST} euro with at most two decimals.")
    if epc.reference is not None:
        reference = _compact(epc.reference)
        if reference.startswith("RF") and not (reference.isascii() and reference.isalnum() and _checks(reference)):
            yield Issue("reference", "Must have right check digits, since it starts with RF (ISO 11649).")
        if epc.text is not None:
            yield Issue("text", "Must be left out where reference is given: they exclude each other.")
    octets = len(epc_text(epc).encode()) if epc.amount is None or _payable(epc.amount) else 0
    if octets > _MOST_OCTETS:
        sentence = f"Must take at most {_MOST_OCTETS} octets in UTF-8 as a whole, not {octets}: shorten text or name."
        yield Issue("", sentence, limit={"max": _MOST_OCTETS})


def epc_text(epc: Epc) -> str:
    """Write the transfer line by line, in UTF-8 (character set 1), without the empty lines at the end."""
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        (epc.bic or "").upper(),
        epc.name,
        _compact(epc.iban),
        "" if epc.amount is None else f"EUR{epc.amount:.2f}".rstrip("0").rstrip("."),
        (epc.purpose or "").upper(),
        _compact(epc.reference or ""),
        epc.text or "",
        epc.information or "",
    )
    return "\n".join(lines).rstrip("\n")


def _compact(grouped: str) -> str:
    return grouped.replace(" ", "").upper()


def _checks(code: str) -> bool:
    # ISO 7064, MOD 97-10, over the code with its first four characters moved to the end and letters as 10 to 35.
    return int("".join(str(int(character, 36)) for character in code[4:] + code[:4])) % 97 == 1


def _payable(amount: Decimal) -> bool:
    return amount.is_finite() and _LEAST <= amount <= _MOST and amount == amount.quantize(_LEAST)
