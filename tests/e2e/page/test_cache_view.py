"""What an operator does on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import LocalApi

if TYPE_CHECKING:
    from tests.e2e.page.conftest import Open, Studio

pytestmark = pytest.mark.slow


def test_the_cache_is_shown_cleared_and_warmed(studio: Studio) -> None:
    studio.open()
    studio.page.get_by_role("tab", name="Cache").click()
    view = studio.page.locator("#view-cache")
    expect(view).to_contain_text("Hit rate")
    view.get_by_role("button", name="Warm").click()
    studio.page.get_by_label("Texts to draw").fill("https://example.com/warm\nsecond")
    studio.page.get_by_role("dialog").get_by_role("button", name="Warm").click()
    expect(view).to_contain_text("Stored 2; 0 were in the cache; 0 failed.")
    view.get_by_role("button", name="Clear").click()
    # Nothing happens before it is confirmed.
    studio.page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(view).to_contain_text("Most requested")
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
