"""Every address that the guide shows, of each of the services, is answered with a code that reads what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.documents import ROOT
from tests.unit.api.routes.test_drop_in import read

if TYPE_CHECKING:
    from tests.unit.api.routes.conftest import Call

TEXT = (ROOT / "docs" / "coming-from.md").read_text(encoding="utf-8")
ADDRESSES = [
    line for block in re.findall(r"^```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL) for line in block.splitlines()
]
HOSTS = {"quickchart.io", "api.qrserver.com", "chart.googleapis.com", "chart.apis.google.com", "image-charts.com"}


def text_of(query: str) -> str:
    """The text that the address encodes, read by another parser."""
    source = "iso-8859-1" if "charset-source=ISO-8859-1" in query else "utf-8"
    values = parse_qs(query, encoding=source)
    return next(values[name][0] for name in ("text", "data", "chl") if name in values)


def test_the_guide_has_addresses_of_every_service() -> None:
    assert {urlsplit(address).hostname for address in ADDRESSES} == HOSTS


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_another_service_is_answered_with_a_code_that_reads_its_text(call: Call, address: str) -> None:
    parts = urlsplit(address)
    found = call(f"GET {parts.path}", query=parts.query)
    assert read(found) == text_of(parts.query)
