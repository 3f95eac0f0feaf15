"""A SEPA credit transfer: the EPC's "Quick Response Code: Guidelines to Enable Data Capture" (EPC069-12), version 002.

segno's ``make_epc_qr`` is not used. It checks neither IBAN nor reference, and a line break in the name shifts every
field after it. It requires an amount and a remittance, which version 002 makes optional, and returns a symbol instead
of a text.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from ..errors import Issue
from .fields import END, Line
from .iban import compact_code, explain_iban, has_valid_check_digits

__all__ = ["EPC_LEVEL", "Epc", "epc_issues", "epc_symbol_issues", "write_epc"]

EPC_LEVEL: Final[Literal["M"]] = "M"
EPC_LARGEST: Final = 13
"""The level of the symbol, and its largest version (EPC069-12, 5.2)."""

_LEAST, _MOST = Decimal("0.01"), Decimal("999999999.99")
_MOST_OCTETS = 331

Iban = Annotated[
    str,
    Meta(
        min_length=15,
        max_length=80,
        pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+" + END,
        title="an IBAN: two letters, two check digits, then letters and digits; blanks may group them",
        examples=["DE71 1102 2033 0123 4567 89"],
    ),
]
Bic = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=40,
        pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+" + END,
        title="a BIC of 8 or 11 characters; blanks may group them",
    ),
]
Purpose = Annotated[
    str, Meta(min_length=1, max_length=4, pattern="^[A-Za-z0-9]+" + END, title="a purpose code of 1 to 4 characters")
]


class Epc(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="epc"):
    """A SEPA credit transfer in euro, ready to be confirmed in a banking application."""

    name: Annotated[Line, Meta(max_length=70, description="The beneficiary.")]
    iban: Annotated[
        Iban, Meta(description="The beneficiary's account; its length, structure and check digits are verified.")
    ]
    amount: Annotated[
        Decimal | None,
        Meta(description="Euro, 0.01 to 999999999.99, as a number or a text; if left out, the payer enters it."),
    ] = None
    bic: Annotated[
        Bic | None, Meta(description="The beneficiary's bank; needed outside the European Economic Area.")
    ] = None
    purpose: Annotated[Purpose | None, Meta(description="An ISO 20022 purpose code.", examples=["GDDS"])] = None
    reference: Annotated[
        Annotated[Line, Meta(max_length=35)] | None,
        Meta(description="Structured creditor reference (ISO 11649), or any other, kept as it is; not with `text`."),
    ] = None
    text: Annotated[
        Annotated[Line, Meta(max_length=140)] | None,
        Meta(description="Unstructured remittance information; not together with `reference`."),
    ] = None
    information: Annotated[Annotated[Line, Meta(max_length=70)] | None, Meta(description="A note to the payer.")] = None


def epc_issues(epc: Epc) -> Iterator[Issue]:
    """Find what is wrong with the transfer beyond the shape of its fields."""
    if sentence := explain_iban(_compact_iban(epc.iban)):
        yield Issue("iban", sentence)
    if epc.bic is not None and not re.fullmatch(_BIC, compact_code(epc.bic)):
        yield Issue("bic", "Must be a BIC of 8 or 11 characters: four letters, a country, then letters and digits.")
    if epc.amount is not None and not _is_payable(epc.amount):
        yield Issue("amount", f"Must be from {_LEAST} to {_MOST} euro with at most two decimals.")
    if epc.reference is not None:
        reference = compact_code(epc.reference)
        if re.match(_CREDITOR, reference) and not _is_creditor_reference(reference):
            yield Issue("reference", "Must have correct check digits, because it starts with RF (ISO 11649).")
        if epc.text is not None:
            yield Issue("text", "Must be left out if reference is given; use only one of them.")
    octets = len(write_epc(epc).encode()) if epc.amount is None or _is_payable(epc.amount) else 0
    if octets > _MOST_OCTETS:
        sentence = f"Must take at most {_MOST_OCTETS} octets in UTF-8 in total, not {octets}: shorten text or name."
        yield Issue("", sentence, limit={"max": _MOST_OCTETS})


def write_epc(epc: Epc) -> str:
    """Write the transfer line by line, in UTF-8 (character set 1), without the empty lines at the end."""
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        compact_code(epc.bic or ""),
        epc.name,
        _compact_iban(epc.iban),
        "" if epc.amount is None else f"EUR{epc.amount:.2f}".rstrip("0").rstrip("."),
        (epc.purpose or "").upper(),
        _compact_reference(epc.reference or ""),
        epc.text or "",
        epc.information or "",
    )
    return "\n".join(lines).rstrip("\n")


def epc_symbol_issues(
    *, error_correction: str, version: int | None, micro: bool, kanji: bool, sequence: bool
) -> Iterator[Issue]:
    """Find options of the symbol that contradict the guideline (EPC069-12, 5.2): level M, version 13 at most.

    The guideline also counts the bytes of one symbol in one character set, so it excludes Kanji mode and sequences.
    """
    rule = "a SEPA credit transfer (EPC069-12)"
    if error_correction != EPC_LEVEL:
        yield Issue("error_correction", f"Must be M for {rule}.", allowed=(EPC_LEVEL,), suggestion=EPC_LEVEL)
    if version is not None and version > EPC_LARGEST:
        limit: dict[str, float] = {"min": 1, "max": EPC_LARGEST}
        yield Issue("version", f"Must be at most {EPC_LARGEST} for {rule}.", limit=limit, suggestion=EPC_LARGEST)
    for name, requested in (("micro", micro), ("kanji", kanji)):
        if requested:
            yield Issue(name, f"Must be false for {rule}.", allowed=("false",))
    if sequence:
        yield Issue("structured_append", f"Must be left out for {rule}, which must be a single symbol.")


def _compact_iban(written: str) -> str:
    return compact_code(written).removeprefix("IBAN").lstrip(":")


def _compact_reference(written: str) -> str:
    """Write a creditor reference of ISO 11649 compactly, and any other reference unchanged."""
    reference = compact_code(written)
    return reference if re.match(_CREDITOR, reference) else written


def _is_creditor_reference(reference: str) -> bool:
    return re.fullmatch("RF[0-9]{2}[A-Z0-9]{1,21}", reference) is not None and has_valid_check_digits(reference)


_BIC = "[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?"
_CREDITOR = "RF(?:[0-9]|$)"
"""The start of a text that can only be a creditor reference, unlike ``RFQ 7``."""


def _is_payable(amount: Decimal) -> bool:
    return amount.is_finite() and _LEAST <= amount <= _MOST and amount == amount.quantize(_LEAST)
