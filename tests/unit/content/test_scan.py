"""A symbol of each payload, read back from its picture by a decoder that shares no code with the encoder."""

from typing import Any

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings

from qr_engine.symbol import encode

from .given import LINES, PARAGRAPHS, text

NASTY = "a;b,c:d\\e\"f'g žluťoučký 茗荷 😀"
EXAMPLES: list[dict[str, Any]] = [
    {"kind": "wifi", "ssid": 'a;b,c:d\\e"f ž', "password": NASTY},
    {"kind": "vcard", "first_name": NASTY, "last_name": NASTY, "org": NASTY, "note": f"{NASTY}\n{NASTY}"},
    {"kind": "mecard", "name": NASTY, "street": NASTY, "note": f"{NASTY}\n{NASTY}"},
    {"kind": "geo", "lat": -50.0875, "lon": 14.4213, "label": NASTY},
    {"kind": "email", "to": ['"a;b,c"@example.com', "b@example.com"], "subject": NASTY, "body": f"{NASTY}\n{NASTY}"},
    {"kind": "sms", "phone": "+420 123", "message": f"{NASTY}\n{NASTY}"},
    {"kind": "tel", "phone": "*#06#"},
    {"kind": "url", "url": 'https://example.com/a;b,c:d\\e"f?ž=茗荷&😀#x'},
    {"kind": "event", "title": NASTY, "start": "2026-05-01T10:00Z", "description": f"{NASTY}\n{NASTY}"},
    {"kind": "epc", "name": "Ž;,:\\\"'", "iban": "DE71110220330123456789", "amount": "0.01", "text": NASTY},
    {"kind": "whatsapp", "phone": "+420123456789", "message": f"{NASTY}\n{NASTY}"},
]


def scan(payload: str) -> str:
    """What a reader sees of the symbol that the service makes of `payload`."""
    symbol = encode(payload)
    stride = symbol.size + 4
    bits = f"{symbol.matrix:0{symbol.size * stride}b}"
    rows = np.array([int(bit) for bit in bits], dtype=np.uint8).reshape(symbol.size, stride)[:, : symbol.size]
    picture = np.pad(np.where(rows, 0, 255).astype(np.uint8), 4, constant_values=255)
    (found,) = zxingcpp.read_barcodes(picture.repeat(3, axis=0).repeat(3, axis=1))
    return found.text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["kind"]))
def test_a_payload_of_each_type_is_read_from_its_symbol(example: dict[str, Any]) -> None:
    payload = text(**example)
    assert scan(payload) == payload


@settings(max_examples=20, deadline=None)
@given(line=LINES, note=PARAGRAPHS)
def test_any_contact_is_read_from_its_symbol(line: str, note: str) -> None:
    payload = text("vcard", name=line, note=note)
    assert scan(payload) == payload
