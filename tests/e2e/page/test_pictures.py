"""What somebody gives to the page: a logo, or a picture to read."""

from __future__ import annotations

import base64
import io
import json
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import LocalApi
    from tests.e2e.page.conftest import Studio

pytestmark = pytest.mark.slow


def test_a_photograph_as_a_logo_is_made_smaller_first(studio: Studio, tmp_path: Path) -> None:
    photograph = tmp_path / "photograph.jpg"
    noise = np.random.default_rng(7).integers(0, 255, (2400, 3200, 3), dtype=np.uint8)
    Image.fromarray(noise).save(photograph, quality=95)
    assert photograph.stat().st_size > 3_000_000
    studio.open()
    studio.open_sections()
    with studio.page.expect_request(studio.is_drawing) as waiting:
        studio.answer_to(lambda: studio.page.locator("input[type=file]").first.set_input_files(photograph))
    sent = json.loads(waiting.value.post_data or "")["logo"]["data"]
    assert sent.startswith("data:image/jpeg;base64,")
    assert len(sent) < 400_000
    assert studio.read_code() == "https://example.com"
    # Neither an address nor an element could hold it.
    expect(studio.page.locator(".snippet .copy")).to_be_disabled()


def test_what_is_no_picture_is_refused_in_words(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    studio.open()
    studio.open_sections()
    studio.page.locator("input[type=file]").first.set_input_files(tmp_path / "text.png")
    expect(studio.page.get_by_text("The browser cannot open this as a picture")).to_be_visible()


def picture_of(api: LocalApi, query: str) -> bytes:
    with urllib.request.urlopen(f"{api.url}/api/qr/generate.png?{query}", timeout=10) as answer:
        found: bytes = answer.read()
    return found


def test_a_picture_is_read_and_one_click_takes_it_into_the_form(studio: Studio, api: LocalApi, tmp_path: Path) -> None:
    given = {"type": "wifi", "ssid": "Guests", "password": "correct horse"}
    picture = tmp_path / "network.png"
    picture.write_bytes(picture_of(api, urlencode({f"data.{name}": value for name, value in given.items()})))
    studio.open()
    studio.page.get_by_role("tab", name="Read").click()
    studio.page.locator("#picture").set_input_files(picture)
    view = studio.page.locator("#view-read")
    expect(view).to_contain_text("WIFI:T:WPA;S:Guests;P:correct horse;;")
    expect(view).to_contain_text("Network name")
    expect(view.locator("polygon")).to_have_count(1)
    expect(view).to_contain_text("Reads in every condition")
    expect(view).to_contain_text("Error correction left100 %")
    request = studio.request_of(lambda: view.get_by_role("button", name="Use in the form").click())
    assert request["data"] == {**given, "security": "WPA"}
    expect(studio.page.get_by_label("Network name")).to_have_value("Guests")


def drop(studio: Studio, picture: bytes, place: str) -> None:
    """Let go of a PNG above what is at `place`, a selector of CSS."""
    studio.page.locator(place).first.evaluate(
        """(element, picture) => {
            const body = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([body], 'dropped.png', { type: 'image/png' }));
            element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        base64.b64encode(picture).decode(),
    )


def test_a_picture_that_is_dropped_on_the_logo_is_one_and_is_not_read(studio: Studio, api: LocalApi) -> None:
    studio.open()
    studio.open_sections()
    read: list[str] = []
    studio.page.on("request", lambda request: read.append(request.url) if request.url.endswith("/read") else None)
    request = studio.request_of(lambda: drop(studio, picture_of(api, "data=dropped"), ".drop"))
    assert request["logo"]["data"].startswith("data:image/png;base64,")
    expect(studio.page.locator("#view-read")).to_be_hidden()
    assert read == []


@pytest.mark.parametrize("place", ["body", "#view-read .drop"])
def test_a_picture_that_is_dropped_anywhere_else_is_read_once(studio: Studio, api: LocalApi, place: str) -> None:
    studio.open()
    if place != "body":
        studio.page.get_by_role("tab", name="Read").click()
    read: list[str] = []
    studio.page.on("request", lambda request: read.append(request.url) if request.url.endswith("/read") else None)
    drop(studio, picture_of(api, "data=dropped"), place)
    view = studio.page.locator("#view-read")
    expect(view).to_contain_text("dropped")
    request = studio.request_of(lambda: view.get_by_role("button", name="Use in the form").click())
    assert request["data"] == "dropped"
    assert len(read) == 1


def test_a_large_photograph_is_reduced_before_it_is_read(studio: Studio, api: LocalApi, tmp_path: Path) -> None:
    code = Image.open(io.BytesIO(picture_of(api, "data=photograph&size=1200"))).convert("RGB")
    noise = np.random.default_rng(7).integers(0, 255, (3600, 5400, 3), dtype=np.uint8)
    photograph = Image.fromarray(noise)
    photograph.paste(code, (2000, 1200))
    photograph.save(tmp_path / "photograph.jpg", quality=60)
    assert (tmp_path / "photograph.jpg").stat().st_size > 4 * 1024 * 1024
    studio.open()
    studio.page.get_by_role("tab", name="Read").click()
    studio.page.locator("#picture").set_input_files(tmp_path / "photograph.jpg")
    expect(studio.page.locator("#view-read .text")).to_have_text("photograph", timeout=30_000)


def test_a_picture_without_a_code_says_what_may_help(studio: Studio, tmp_path: Path) -> None:
    Image.new("RGB", (200, 200), "white").save(tmp_path / "white.png")
    studio.open()
    studio.page.get_by_role("tab", name="Read").click()
    studio.page.locator("#picture").set_input_files(tmp_path / "white.png")
    expect(studio.page.locator("#view-read")).to_contain_text("No QR code found")
