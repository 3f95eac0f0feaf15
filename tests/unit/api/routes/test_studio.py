"""``GET /`` and what the page loads."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from tests.environment import forget, fresh
from tests.unit.api.routes.conftest import HANDLERS, Answer, answer, event_v2

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def ask(route: str = "GET /", **headers: str) -> Answer:
    return answer(HANDLERS["generate"](event_v2(route, headers=headers), None))


def ask_file(name: str, version: str, **headers: str) -> Answer:
    event = event_v2("GET /studio/{version}/{file}", headers=headers)
    event["pathParameters"] = {"version": version, "file": name}
    return answer(HANDLERS["generate"](event, None))


def page(**headers: str) -> str:
    return ask(accept=BROWSER, **headers).body.decode()


def current_version() -> str:
    (found,) = set(re.findall(r'"studio/([0-9a-f]{16})/', page()))
    return str(found)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json,text/html;q=0.9", "image/png", ""])
def test_programs_get_the_routes(accept: str) -> None:
    found = ask(accept=accept)
    assert (found.status, found.headers["Content-Type"]) == (200, "application/json")
    assert {"method": "GET", "path": "/api/qr/generate"}.items() <= found.json["routes"][0].items()
    assert found.headers["Vary"] == "Accept"


@pytest.mark.parametrize("accept", [BROWSER, "text/html", "text/*"])
def test_people_get_the_page_which_may_load_nothing_from_elsewhere(accept: str) -> None:
    found = ask(accept=accept)
    assert (found.status, found.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    policy = found.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; img-src 'self' blob: data:")
    assert "unsafe" not in policy
    # No script, no style and no listener within the page: the policy would stop it.
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", found.body.decode())
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", found.body.decode())


def test_the_route_of_another_method_answers_alike() -> None:
    assert ask("HEAD /", accept=BROWSER).headers == ask(accept=BROWSER).headers


def test_every_file_that_the_page_names_is_there_and_kept_for_ever() -> None:
    names = re.findall(r'"studio/[0-9a-f]{16}/([^"]+)"', page())
    assert {"app.js", "style.css", "icon.svg", "shapes.svg"} <= set(names)
    for name in names:
        found = ask_file(name, current_version())
        assert found.status == 200, name
        assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_every_module_that_a_module_loads_is_there() -> None:
    waiting, seen = ["app.js"], set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        found = ask_file(name, current_version())
        assert (found.status, found.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8"), name
        waiting += set(re.findall(r"(?:from |import\()'\./([^']+)'", found.body.decode())) - seen
    assert {"reader.js", "cache.js", "pictures.js"} <= seen


def test_under_the_version_of_another_release_a_file_is_asked_for_each_time() -> None:
    found = ask_file("app.js", "0" * 16)
    assert (found.status, found.headers["Cache-Control"]) == (200, "no-cache")


def test_a_client_that_accepts_gzip_gets_it() -> None:
    for found in (
        ask(accept=BROWSER, **{"accept-encoding": "gzip"}),
        ask_file("app.js", "0", **{"accept-encoding": "br, gzip"}),
    ):
        assert found.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(found.body)
    assert gzip.decompress(ask_file("app.js", "0", **{"accept-encoding": "gzip"}).body) == ask_file("app.js", "0").body


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_browser_that_has_a_file_learns_so(coding: str) -> None:
    first = ask_file("style.css", "0", **{"accept-encoding": coding})
    again = ask_file("style.css", "0", **{"accept-encoding": coding, "if-none-match": first.headers["ETag"]})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = ask_file("style.css", "0", **{"accept-encoding": coding, "if-none-match": '"another"'})
    assert other.status == 200


@pytest.mark.parametrize("name", ["nothing.js", "index.html", "../files.py", "__init__.py", ""])
def test_there_is_no_other_file(name: str) -> None:
    assert ask_file(name, "0").status == 404


def test_the_page_is_off_where_the_setting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(monkeypatch)
    monkeypatch.setenv("STUDIO", "false")
    assert ask(accept=BROWSER).headers["Content-Type"] == "application/json"
    assert ask_file("app.js", "0").status == 404


def test_all_of_it_is_less_than_100_kb() -> None:
    version = current_version()
    names = {"app.js", *re.findall(r'"studio/[0-9a-f]{16}/([^"]+)"', page())}
    for name in tuple(names):
        names |= set(re.findall(r"'\./([^']+\.js)'", ask_file(name, version).body.decode()))
    gzipped = {"accept-encoding": "gzip"}
    total = len(ask(accept=BROWSER, **gzipped).body) + sum(
        len(ask_file(name, version, **gzipped).body) for name in names
    )
    description = len(answer(HANDLERS["generate"](event_v2("GET /openapi.json", headers=gzipped), None)).body)
    assert total + description < 100_000, (total, description)


def test_where_nothing_is_drawn_without_a_style_the_example_is_their_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSETS_DIR", str(tmp_path))
    monkeypatch.setenv("REQUIRE_STYLE", "true")
    forget()
    assert ask().json["example"] == "/api/qr/styles"
