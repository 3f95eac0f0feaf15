"""QuickChart's address, held against node-qrcode, which QuickChart draws with: npm's package in a process of Node."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from tests.environment import forget, fresh
from tests.machine import npm_packages
from tests.unit.api.routes.conftest import HANDLERS, answer, event_v2
from tests.unit.render.independent import open_picture, zxing_reads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL import Image
    from tests.unit.api.routes.conftest import Answer

    Peer = Callable[[dict[str, str]], dict[str, Any]]

VERSION = "1.5.4"
"""Of npm's qrcode, whose rules these are."""


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """What node-qrcode makes of a query."""
    home = tmp_path_factory.mktemp("npm")
    node = npm_packages(home, f"qrcode@{VERSION}")
    script = shutil.copy(Path(__file__).with_name("quickchart_peer.js"), home)
    with subprocess.Popen([node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        streams = process.stdin, process.stdout

        def draw(query: dict[str, str]) -> dict[str, Any]:
            asked, answered = streams
            assert asked is not None
            assert answered is not None
            asked.write(json.dumps(query) + "\n")
            asked.flush()
            found: dict[str, Any] = json.loads(answered.readline())
            return found

        yield draw
        process.terminate()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    fresh(monkeypatch)
    yield
    forget()


def ask(query: dict[str, str]) -> Answer:
    return answer(HANDLERS["generate"](event_v2("GET /qr", query=urlencode(query)), None))


def colors(picture: Image.Image) -> set[float | tuple[int, ...]]:
    found = picture.getcolors()
    assert found is not None
    return {color for _, color in found}


URL = "https://example.com/menu?table=7"
LONG = "https://example.com/" + "a" * 400
QUERIES: list[dict[str, str]] = [
    {"text": URL},
    *({"text": URL, "size": size} for size in ("0", "1", "20", "21", "32", "33", "34", "100", "150", "333")),
    *({"text": URL, "size": size} for size in ("-5", "2e2", "90px", "x", "")),
    *({"text": LONG, "size": size} for size in ("60", "80", "90", "300")),
    *({"text": URL, "margin": margin} for margin in ("0", "1", "2", "10", "-1", "40", "3.9", " 2")),
    *({"text": URL, "margin": margin, "size": "1"} for margin in ("0", "7", "100")),
    *({"text": URL, "ecLevel": level} for level in ("L", "m", "Q", "h", "low", "Medium", "QUARTILE", "high", "X", "")),
    *({"text": URL, "dark": color} for color in ("f00", "#1a2b3c", "12345678", "1234", "#abc", "1234567", "")),
    *({"text": URL, "light": color} for color in ("ff0", "#ffeedd", "0000", "ffffff00", "")),
    {"text": "12345678901234567890"},
    {"text": "HTTPS://EXAMPLE.COM/A-B"},
    {"text": "a" * 500, "ecLevel": "H"},
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=json.dumps)
def test_a_picture_has_the_size_the_colours_and_the_text_of_theirs(peer: Peer, query: dict[str, str]) -> None:
    theirs, ours = peer(query), ask(query)
    assert ours.status == 200
    (expected, found) = (open_picture(base64.b64decode(theirs["png"])), open_picture(ours.body))
    assert found.size == expected.size
    assert colors(found) == colors(expected)
    if len(colors(found)) == 2 and "1234567" not in query.get("dark", ""):
        # Modules of unequal pixels are not always read.
        assert zxing_reads(found) == [query["text"]]
        assert zxing_reads(expected) in ([query["text"]], [])


@pytest.mark.parametrize(
    "query",
    [*QUERIES[:3], {"text": LONG}, {"text": "1234567890" * 20}, {"text": "a" * 500, "ecLevel": "H"}],
    ids=json.dumps,
)
def test_a_symbol_has_the_version_and_the_level_of_theirs(peer: Peer, query: dict[str, str]) -> None:
    # The size of a picture of four pixels a module tells the version.
    query = {**query, "size": "1"}
    theirs, ours = peer(query), ask(query)
    assert open_picture(ours.body).width == 4 * (4 * theirs["version"] + 17 + 8)


@pytest.mark.parametrize("text", ["茗荷", "東京都千代田区", "カタカナ"])
def test_sjis_is_kanji_mode_as_theirs(peer: Peer, text: str) -> None:
    query = {"text": text, "mode": "sjis", "size": "1"}
    theirs, ours = open_picture(base64.b64decode(peer(query)["png"])), open_picture(ask(query).body)
    assert ours.size == theirs.size
    assert zxing_reads(ours) == zxing_reads(theirs) == [text]


@pytest.mark.parametrize(
    "query",
    [{"text": URL, "margin": "wide"}, {"text": URL, "dark": "1"}, {"text": URL, "light": "12345"},
     {"text": URL, "dark": "123456789"}, {"text": "x" * 3000}],
    ids=json.dumps,
)  # fmt: skip
def test_what_is_an_error_there_is_one_here(peer: Peer, query: dict[str, str]) -> None:
    assert "error" in peer(query)
    assert ask(query).status == 400
