"""The page as people meet it: the local API as a process, and the Chromium of this machine."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image
from tests.e2e.conftest import LocalApi
from tests.machine import command, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Request, Response

    Open = Callable[..., "Studio"]

GENERATE = "/api/qr/generate"

WATCH = """
window.violations = [];
window.shift = 0;
document.addEventListener('securitypolicyviolation', (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""


class Studio:
    """The page in a tab of its own.

    Attributes
    ----------
    page
        The tab.
    faults
        Errors that the browser has written to its console, and exceptions of scripts.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.faults: list[str] = []
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.faults.append(f"{message.text} {message.location}") if message.type == "error" else None
            ),
        )

    @staticmethod
    def is_drawing(exchange: Request | Response) -> bool:
        """Whether a request, or a response, is for a code."""
        return exchange.url.endswith(GENERATE)

    def open(self, query: str = "") -> dict[str, Any]:
        """Open the page with a request in its fragment, and return what the service answers to the first draft."""
        # Functions, not expressions, which the page's policy would not let Playwright evaluate.
        # Another fragment alone would not load the page anew.
        self.page.goto("about:blank")
        return self.answer_to(lambda: self.page.goto(f"{self.url}/#{query}" if query else self.url))

    def answer_to(self, act: Callable[[], object]) -> dict[str, Any]:
        """Do something, and return what the service then answers for a code, once the page shows it."""
        with self.page.expect_response(self.is_drawing) as waiting:
            act()
        answer: dict[str, Any] = waiting.value.json()
        self.page.wait_for_function("() => document.getElementById('stage').ariaBusy === 'false'")
        return answer

    def request_of(self, act: Callable[[], object]) -> Any:
        """Do something, and return the request that the page then sends for a code."""
        with self.page.expect_request(self.is_drawing) as waiting:
            act()
        return waiting.value.post_data_json

    def open_sections(self) -> None:
        """Open every section of the form."""
        self.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")

    def violations(self) -> list[str]:
        """What the page's policy has stopped."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def read_code(self) -> str:
        """Read the code as it is on the screen."""
        self.page.wait_for_function("() => document.querySelector('#stage img').complete")
        shot = self.page.locator("#stage").screenshot()
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))
        return str(found.text)


@pytest.fixture(scope="module")
def api() -> Iterator[LocalApi]:
    started = LocalApi()
    yield started
    started.interrupt()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = command("chromium", "install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright", "pip install playwright")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, api: LocalApi) -> Iterator[Open]:
    """Open the page as often as the test likes; none may break the page's policy, or write an error to the console."""
    opened: list[Studio] = []

    def start(url: str = api.url, **context: Any) -> Studio:
        within = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        within.set_default_timeout(15_000)
        opened.append(Studio(within.new_page(), url))
        return opened[-1]

    yield start
    for each in opened:
        violations = each.violations() if each.page.url.startswith("http") else []
        each.page.context.close()
        assert violations == []
        # That the service refuses a request is an error to the browser, and not one of the page.
        assert [fault for fault in each.faults if "the server responded with a status of 4" not in fault] == []


@pytest.fixture
def studio(open_page: Open) -> Studio:
    return open_page()
