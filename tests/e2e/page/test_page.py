"""What somebody does on the page, from the first code to the file."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.e2e.conftest import LocalApi
from tests.e2e.http_client import read_code
from tests.machine import command

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Route
    from tests.e2e.page.conftest import Open, Studio

pytestmark = pytest.mark.slow

FAINT = urlencode({"data": "https://example.com", "data_pattern": "dots", "colors.foreground": "8888ff"})

LOGO = (
    "data:image/svg+xml;base64,"
    + base64.b64encode(
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' r='4' fill='navy'/></svg>"
    ).decode()
)
REQUESTS: dict[str, dict[str, Any]] = {
    "a text with what queries escape": {"data": "a=1&b=2 + 3% #4 žluť\n?x;y,z"},
    "a network": {"data": {"type": "wifi", "ssid": "Guests & friends", "password": "correct horse", "hidden": True}},
    "a contact with lists": {
        "data": {"type": "vcard", "name": "Jana", "phone": ["+420 123", "+420 456"], "email": "jana@example.com"}
    },
    "a place": {"data": {"type": "geo", "lat": 50.08, "lon": -14.42}},
    "colours and lists of objects": {
        "data": "x",
        "colors": {
            "foreground": "#1b2a6b",
            "background": "ivory",
            "per_eye": [{"border": "#0a0a64"}, {"center": "navy"}],
        },
        "gradient": {
            "stops": [{"offset": 0, "color": "#000"}, {"offset": 1, "color": "#0a0a64ff"}],
            "center": [0.25, 0.5],
        },
        "effects": [{"type": "shadow", "intensity": 12.5}, {"type": "noise"}],
    },
    "numbers and words": {
        "data": "x",
        "size": 512,
        "margin": 0,
        "error_correction": "H",
        "version": 7,
        "boost_error_correction": False,
        "format": "png",
        "title": "#fade",
    },
    "a logo": {"data": "x", "logo": {"data": LOGO, "size": 20.5, "shape": "circle"}},
}


def test_the_first_code_is_there_within_a_second_and_nothing_moves(studio: Studio) -> None:
    """The best of a few times, since other programs run beside this one."""
    times = []
    for _ in range(4):
        studio.open()
        times.append(studio.page.evaluate("() => performance.now()"))
        assert studio.page.evaluate("() => window.shift") < 0.1
    assert min(times) < 1000


def test_the_first_code_reads_and_says_so(studio: Studio) -> None:
    studio.open()
    assert studio.read_code() == "https://example.com"
    expect(studio.page.locator("#verdict")).to_contain_text("100 of 100")


@pytest.mark.parametrize("pattern", ["star", "square"])
def test_a_weak_code_says_what_it_fails_in(studio: Studio, pattern: str) -> None:
    """A styled code by its conditions, and a plain one in colours by an estimate."""
    query = {"data": "https://example.com", "data_pattern": pattern, "colors.foreground": "6c6ccc"}
    scan = studio.open(urlencode(query))["metadata"]["scan"]
    verdict = studio.page.locator("#verdict")
    expect(verdict).to_contain_text(f"{scan['score']} of 100")
    worst = scan["worst_condition"]
    expect(verdict).to_contain_text(worst[0].upper() + worst[1:])
    failing = [each for each in scan["conditions"] if each["passed"] < each["steps"]]
    expect(verdict.locator(".conditions .failing")).to_have_count(len(failing))
    expect(verdict).to_contain_text("Estimated" if scan["estimated"] else "the more, the safer")


def test_what_is_typed_is_what_the_code_says(studio: Studio) -> None:
    studio.open()
    studio.answer_to(lambda: studio.page.get_by_label("Text or link").fill("žluťoučký kůň"))
    assert studio.read_code() == "žluťoučký kůň"


def test_a_content_type_has_fields_of_its_own_and_keeps_them(studio: Studio) -> None:
    studio.open()
    studio.page.get_by_role("tab", name="Wi-Fi").click()
    expect(studio.page.locator("#verdict")).to_contain_text("Network name is empty")
    studio.answer_to(lambda: studio.page.get_by_label("Network name").fill("Guests"))
    assert studio.read_code() == "WIFI:T:nopass;S:Guests;;"
    studio.answer_to(lambda: studio.page.get_by_role("tab", name="Text").click())
    studio.answer_to(lambda: studio.page.get_by_role("tab", name="Wi-Fi").click())
    expect(studio.page.get_by_label("Network name")).to_have_value("Guests")


@pytest.mark.parametrize("name", REQUESTS)
def test_the_fragment_brings_a_request_back(open_page: Open, name: str) -> None:
    first = open_page()
    first.open()
    query = first.page.evaluate(
        """async (request) => {
            const { toQuery } = await import(document.querySelector('script').src.replace('app.js', 'request.js'));
            return toQuery(request);
        }""",
        REQUESTS[name],
    )
    second = open_page()
    assert second.request_of(lambda: second.page.goto(f"{second.url}/#{query}")) == REQUESTS[name]


def test_the_address_of_the_page_follows_the_form_and_no_server_sees_it(open_page: Open) -> None:
    first = open_page()
    first.open()
    first.answer_to(lambda: first.page.get_by_label("Text or link").fill("a secret"))
    first.page.wait_for_url("**/#data=a+secret&**")
    asked: list[str] = []
    second = open_page()
    second.page.on("request", lambda request: asked.append(request.url))
    with second.page.expect_request(second.is_drawing) as waiting:
        second.page.goto(first.page.url)
    assert json.loads(waiting.value.post_data or "")["data"] == "a secret"
    assert not any("secret" in address.partition("#")[0] for address in asked)


def test_a_422_shows_its_mend_and_the_button_applies_it(studio: Studio) -> None:
    answer = studio.open(FAINT)
    assert answer["code"] == "would_not_scan"
    verdict = studio.page.locator("#verdict")
    expect(verdict).to_contain_text("Would not scan")
    suggestion = answer["errors"][0]["suggestion"]
    expect(studio.page.get_by_label("Foreground", exact=True)).to_have_attribute("aria-invalid", "true")
    mended = studio.answer_to(lambda: verdict.get_by_role("button", name=f"Use {suggestion}").click())
    assert mended["success"]
    expect(studio.page.get_by_label("Foreground", exact=True)).to_have_value(suggestion)
    assert studio.page.locator("[aria-invalid]").count() == 0
    assert studio.read_code() == "https://example.com"


def test_what_is_too_much_comes_with_what_would_hold_it(studio: Studio) -> None:
    answer = studio.open(urlencode({"data": "1" * 30, "version": 1, "error_correction": "H"}))
    assert answer["code"] == "too_much_data"
    mended = studio.answer_to(lambda: studio.page.get_by_role("button", name="Use these").click())
    assert mended["metadata"]["version"] == answer["fits"]["version"]


def test_a_warning_has_a_button_too(studio: Studio) -> None:
    studio.open(urlencode({"data": "x", "margin": 1}))
    studio.answer_to(lambda: studio.page.get_by_role("button", name="Use 4").click())
    expect(studio.page.locator("#verdict")).to_contain_text("Ready to scan")


@pytest.mark.parametrize("aborts", [True, False], ids=["ended", "not ended"])
def test_a_slow_answer_never_takes_the_place_of_a_later_one(studio: Studio, aborts: bool) -> None:
    if not aborts:
        studio.page.add_init_script("AbortController.prototype.abort = () => {}")
    studio.open()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if json.loads(route.request.post_data or "")["data"] == "slow":
            held.append(route)
        else:
            route.continue_()

    studio.page.route("**/api/qr/generate", hold)
    text = studio.page.get_by_label("Text or link")
    studio.request_of(lambda: text.fill("slow"))
    studio.answer_to(lambda: text.fill("quick"))
    assert studio.read_code() == "quick"
    (slow,) = held
    if aborts:
        slow.abort()
    else:
        with studio.page.expect_response(studio.is_drawing):
            slow.continue_()
    # What the page does with an answer, it does in the tasks right after it.
    studio.page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    assert studio.read_code() == "quick"


def test_without_the_service_it_says_so_and_goes_on_after(studio: Studio) -> None:
    studio.open()
    studio.page.route("**/api/qr/generate", lambda route: route.abort())
    studio.page.get_by_label("Text or link").fill("first")
    expect(studio.page.locator("#verdict")).to_contain_text("does not answer")
    studio.page.unroute("**/api/qr/generate")
    studio.answer_to(lambda: studio.page.get_by_label("Text or link").fill("second"))
    assert studio.read_code() == "second"
    studio.faults.clear()


def test_where_codes_ask_for_a_token_the_page_asks_for_it(studio: Studio) -> None:
    """As API Gateway does with an issuer; the page keeps the token to itself."""

    def guard(route: Route) -> None:
        if route.request.headers.get("authorization") == "Bearer given":
            route.continue_()
        else:
            route.fulfill(status=401, json={"message": "Unauthorized"})

    studio.page.route("**/api/qr/generate", guard)
    studio.open()
    studio.page.get_by_label("Token").fill("given")
    assert studio.answer_to(lambda: studio.page.get_by_role("button", name="Use it").click())["success"]
    assert "given" not in studio.page.url


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
    expect(studio.page.get_by_text("This is no picture")).to_be_visible()


def test_starting_again_keeps_the_text_only(studio: Studio) -> None:
    studio.open(urlencode({"data": "kept", "data_pattern": "dots", "frame.text": "GONE"}))
    request = studio.request_of(lambda: studio.page.get_by_role("button", name="Start again").click())
    assert request == {"data": "kept"}


def test_a_field_that_the_page_does_not_know_appears_by_itself(studio: Studio) -> None:
    def add(route: Route) -> None:
        document = route.fetch().json()
        document["components"]["schemas"]["QRRequest"]["properties"]["sparkle"] = {
            "description": "New.",
            "anyOf": [{"enum": ["none", "much"]}, {"type": "null"}],
            "default": "none",
        }
        route.fulfill(json=document)

    studio.page.route("**/openapi.json", add)
    studio.open()
    studio.open_sections()
    request = studio.request_of(lambda: studio.page.get_by_label("Much").click())
    assert request["sparkle"] == "much"


def test_the_owners_styles_are_pictures_to_choose_from(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "acme.json").write_text('{"data_pattern": "dots", "colors": {"foreground": "#0b3d91"}}')
    owned = LocalApi(ASSETS_DIR=str(tmp_path))
    try:
        studio = open_page(owned.url)
        studio.open()
        request = studio.request_of(lambda: studio.page.get_by_label("acme").click())
        # Nothing that stood in the form before gets in the way of the style.
        assert request == {"data": "https://example.com", "style": "acme"}
        # What is a default without a style is a choice with one.
        request = studio.request_of(lambda: studio.page.get_by_label("Square", exact=True).first.click())
        assert request["data_pattern"] == "square"
    finally:
        owned.interrupt()


def test_the_cache_is_shown_cleared_and_warmed(studio: Studio) -> None:
    studio.open()
    studio.page.get_by_role("tab", name="Cache").click()
    view = studio.page.locator("#view-cache")
    expect(view).to_contain_text("Hit rate")
    view.get_by_role("button", name="Warm").click()
    studio.page.get_by_label("Texts to draw").fill("https://example.com/warm\nsecond")
    studio.page.get_by_role("dialog").get_by_role("button", name="Warm").click()
    expect(view).to_contain_text("Stored 2, 0 were there, 0 failed.")
    view.get_by_role("button", name="Clear").click()
    # Nothing happens before it is confirmed.
    studio.page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(view).to_contain_text("Asked for most")
    view.get_by_role("button", name="Clear").click()
    studio.page.get_by_label("Only codes whose text matches").fill("https://example.com/warm")
    studio.page.get_by_role("dialog").get_by_role("button", name="Clear").click()
    expect(view).to_contain_text("Removed 1 entries.")


def test_where_others_reach_the_service_the_cache_asks_for_the_token(open_page: Open) -> None:
    guarded = LocalApi(HOST="0.0.0.0", ADMIN_TOKEN="correct-horse")
    try:
        studio = open_page(guarded.url)
        studio.open()
        studio.page.get_by_role("tab", name="Cache").click()
        studio.page.get_by_label("Token").fill("wrong")
        studio.page.get_by_role("button", name="Use it").click()
        expect(studio.page.get_by_label("Token")).to_have_value("")
        studio.page.get_by_label("Token").fill("correct-horse")
        studio.page.get_by_role("button", name="Use it").click()
        expect(studio.page.locator("#view-cache")).to_contain_text("Hit rate")
        assert "correct-horse" not in studio.page.url
    finally:
        guarded.interrupt()


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


def test_a_picture_that_is_dropped_anywhere_is_read(studio: Studio, api: LocalApi) -> None:
    picture = base64.b64encode(picture_of(api, "data=dropped")).decode()
    studio.open()
    studio.page.evaluate(
        """(picture) => {
            const body = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([body], 'dropped.png', { type: 'image/png' }));
            document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        picture,
    )
    view = studio.page.locator("#view-read")
    expect(view).to_contain_text("dropped")
    request = studio.request_of(lambda: view.get_by_role("button", name="Use in the form").click())
    assert request["data"] == "dropped"


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
