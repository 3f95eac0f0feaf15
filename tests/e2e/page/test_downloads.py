"""What somebody takes from the page: files, and texts to copy."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from tests.e2e.http_client import read_code
from tests.machine import command

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.page.conftest import Open, Studio

pytestmark = pytest.mark.slow


def copied(studio: Studio, way: str) -> str:
    studio.page.get_by_role("tab", name=way, exact=True).click()
    studio.page.locator(".snippet").get_by_role("button", name="Copy").click()
    expect(studio.page.locator(".snippet .copy")).to_have_text("Copied")
    text: str = studio.page.evaluate("() => navigator.clipboard.readText()")
    return text


def test_what_is_copied_gives_the_code_that_is_shown(open_page: Open, tmp_path: Path) -> None:
    studio = open_page(permissions=["clipboard-read", "clipboard-write"])
    shown = studio.open(
        urlencode({"data": "it's a <test> & more", "data_pattern": "dots", "colors.foreground": "000080"})
    )
    address = copied(studio, "Address")
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.read().decode() == shown["data"]
    element = copied(studio, "<img>")
    studio.page.evaluate(
        "(element) => { const place = document.createElement('template'); place.innerHTML = element; "
        "window.taken = place.content.firstChild.src; }",
        element,
    )
    assert studio.page.evaluate("() => window.taken") == address
    command("curl", "install curl")
    subprocess.run(["sh", "-c", copied(studio, "curl")], cwd=tmp_path, check=True, timeout=30)
    assert (tmp_path / "qr.svg").read_text() == shown["data"]
    assert json.loads(copied(studio, "JSON"))["data"] == "it's a <test> & more"


def test_a_code_can_be_saved_in_every_format(studio: Studio) -> None:
    studio.open()
    group = studio.page.get_by_role("group", name="Download")
    buttons = group.get_by_role("button").all_inner_texts()
    assert len(buttons) >= 10
    for name in buttons:
        with studio.page.expect_download() as waiting:
            group.get_by_role("button", name=name, exact=True).click()
        body = waiting.value.path().read_bytes()
        assert len(body) > 100
        if name in {"PNG", "WEBP", "JPEG", "GIF"}:
            assert read_code(body, f"image/{name.lower()}") == "https://example.com"


@pytest.mark.parametrize("format_name", ["pdf", "eps", "txt", "json"])
def test_a_format_that_browsers_do_not_show_is_shown_as_svg(studio: Studio, format_name: str) -> None:
    assert studio.open(urlencode({"data": "shown", "format": format_name}))["format"] == format_name
    assert studio.read_code() == "shown"
