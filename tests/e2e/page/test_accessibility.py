"""Everybody can use the page: by axe, by the keyboard, in a narrow window, in the dark, and without movement."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.machine import missing

if TYPE_CHECKING:
    from tests.e2e.page.conftest import Open, Studio

pytestmark = pytest.mark.slow

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STATES = {
    "the first code": "",
    "everything on": "data.type=wifi&data.ssid=A&gradient.colors=black&gradient.colors=navy&frame.text=SCAN"
    "&effects.0.type=shadow&stroke.color=silver&colors.per_eye.0.border=navy&format=png",
    "a contact": "data.type=vcard&data.name=A",
    "a warning": "data=x&margin=1",
    "a problem": "data=x&data_pattern=dots&colors.foreground=8888ff&size=64",
}


def faults_of(studio: Studio) -> list[dict[str, Any]]:
    """What axe finds, by rule and place."""
    try:
        source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        missing("axe", "pip install axe-playwright-python")
    studio.page.evaluate(f"() => {{ {source} }}")
    found = studio.page.evaluate(
        "async (tags) => (await axe.run({ runOnly: { type: 'tag', values: tags } })).violations.map((each) => "
        "({ rule: each.id, places: each.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary) }))",
        RULES,
    )
    faults: list[dict[str, Any]] = found
    return faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Open, scheme: str) -> None:
    studio = open_page(color_scheme=scheme, reduced_motion="reduce")
    # In the dark, other colours stand at the same places.
    for state in STATES if scheme == "light" else ("everything on", "a problem"):
        studio.open(STATES[state])
        studio.open_sections()
        found = faults_of(studio)
        assert found == [], f"{state}: {json.dumps(found, indent=1)}"
    for view in studio.page.locator("#views [role=tab]").all_inner_texts():
        studio.page.get_by_role("tab", name=view, exact=True).click()
        expect(studio.page.locator("main h2:visible").first).to_be_visible()
        found = faults_of(studio)
        assert found == [], f"{view}: {json.dumps(found, indent=1)}"
    studio.page.get_by_role("button", name="Clear").click()
    assert faults_of(studio) == []


@pytest.mark.parametrize("width", [320, 360, 800])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int) -> None:
    studio = open_page(viewport={"width": width, "height": 740})
    too_wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for state in STATES if width == 360 else ("everything on",):
        studio.open(STATES[state])
        studio.open_sections()
        assert not studio.page.evaluate(too_wide), state
    for kind in studio.page.locator("#content [role=tab]").all_inner_texts():
        studio.page.get_by_role("tab", name=kind, exact=True).click()
        assert not studio.page.evaluate(too_wide), kind
    for view in studio.page.locator("#views [role=tab]").all_inner_texts():
        studio.page.get_by_role("tab", name=view, exact=True).click()
        expect(studio.page.locator("main h2:visible").first).to_be_visible()
        assert not studio.page.evaluate(too_wide), view


def test_in_a_narrow_window_the_code_stays_in_sight(open_page: Open) -> None:
    studio = open_page(viewport={"width": 360, "height": 740})
    studio.open()
    expect(studio.page.locator("#peek")).to_be_hidden()
    studio.page.get_by_role("heading", name="Colours").scroll_into_view_if_needed()
    studio.page.mouse.wheel(0, 2000)
    expect(studio.page.locator("#peek")).to_be_visible()


def test_the_keyboard_reaches_and_moves_everything(studio: Studio) -> None:
    studio.open()
    press = studio.page.keyboard.press
    press("Tab")
    expect(studio.page.get_by_role("link", name="Skip to the form")).to_be_focused()
    press("Enter")
    studio.page.get_by_role("tab", name="Text", exact=True).focus()
    press("ArrowRight")
    expect(studio.page.get_by_role("tab", name="Wi-Fi")).to_be_focused()
    expect(studio.page.get_by_role("tab", name="Wi-Fi")).to_have_attribute("aria-selected", "true")
    press("Home")
    studio.page.get_by_label("Rounded", exact=True).focus()
    # The page may still have to ask for the tabs before.
    with studio.page.expect_request(
        lambda sent: studio.is_drawing(sent) and (sent.post_data_json or {}).get("data_pattern") == "extra_rounded"
    ):
        press("ArrowRight")
    # What was chosen keeps the focus although the form has been drawn anew.
    expect(studio.page.get_by_label("Extra rounded", exact=True)).to_be_focused()


def test_the_verdict_is_read_out(studio: Studio) -> None:
    studio.open()
    # The eyes with which the page begins are among those that some scanners miss.
    expect(studio.page.get_by_role("status").first).to_have_text("100 of 100. Some readers may fail")


def test_nothing_moves_for_those_who_do_not_want_it(open_page: Open) -> None:
    studio = open_page(reduced_motion="reduce")
    studio.open()
    moving = studio.page.evaluate(
        "() => [...document.querySelectorAll('*')].map((each) => getComputedStyle(each))"
        ".filter((style) => parseFloat(style.transitionDuration) > 0 && style.transitionProperty !== 'none').length"
    )
    assert moving == 0
