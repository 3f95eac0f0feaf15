from __future__ import annotations

import json
import re
from html import unescape
from importlib import import_module
from typing import get_args

import msgspec
import pytest
from scripts.local_api.routes import parse, routes
from scripts.pictures import FOLDER, PICTURES, draw
from tests.documents import ROOT, Curl, blocks, curls, is_own, paths, send, table
from tests.environment import fresh

from qr_engine.artwork.words import DataPattern, EffectKind, EyeShape, FrameName, GradientType
from qr_engine.config import Settings
from qr_engine.pipeline.engine import Source

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(block.text for block in blocks(README) if block.language == "sh")
TEMPLATE = parse(ROOT / "template.yaml")
SECRETS = {"OriginSecret", "RedisEntryKey", "RedisEntryKeyPrevious", "SigningKey", "SigningKeyPrevious"}
"""Parameters that there are none of: the stack makes the first of these itself, and reads the others from secrets."""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(monkeypatch)


@pytest.mark.parametrize("curl", curls(SHELL), ids=lambda curl: curl.url)
def test_every_curl_command_succeeds(curl: Curl) -> None:
    assert curl.url.startswith("http://127.0.0.1:3000/")
    assert send(curl).status == 200


def test_the_png_of_the_example_has_the_size_it_asks_for() -> None:
    (curl,) = [curl for curl in curls(SHELL) if "format=png" in curl.url]
    body = send(curl).body
    assert (body[:4], int.from_bytes(body[16:20])) == (b"\x89PNG", 512)


def test_the_image_element_shows_an_svg() -> None:
    (source,) = re.findall(r'<img src="(http[^"]+)"', README)
    answer = send(Curl("GET", unescape(source), {"accept": "image/avif,image/webp,image/svg+xml,image/*;q=0.8"}, ""))
    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")


def test_the_function_that_sam_invokes_answers_the_event_it_is_given() -> None:
    ((name, event),) = re.findall(r"sam local invoke (\w+) -e (\S+)", SHELL)
    resource = TEMPLATE["Resources"][name]["Properties"]
    module = import_module(f"{resource['CodeUri'].replace('/', '.')}.app")
    answer = module.lambda_handler(json.loads((ROOT / event).read_text(encoding="utf-8")), None)
    assert answer["statusCode"] == 200


def test_every_route_is_in_the_table_and_no_other() -> None:
    known = [route.key for route in routes(TEMPLATE)]
    own = [key for key in known if is_own(key)]
    assert [row[0] for row in table(README, "route")] == own
    other = {key.partition(" ")[2].rstrip("/") for key in known if not is_own(key)}
    assert all(f"`{path}`" in README for path in other)


def test_every_variable_is_in_the_table_with_its_default_and_no_other() -> None:
    said = {name: default for name, default, _ in table(README, "variable")}
    known = {
        field.name.upper(): "none" if field.default is None else json.dumps(field.default).strip('"')
        for field in msgspec.structs.fields(Settings)
    }
    assert said == known


def test_every_variable_is_a_parameter_of_the_stack_of_the_same_name() -> None:
    said = {row[0].title().replace("_", "") for row in table(README, "variable")}
    # What is for containers is left out as well.
    assert said - SECRETS - {"AssetsDir"} <= set(TEMPLATE["Parameters"])


def test_every_value_of_x_cache_is_explained() -> None:
    assert [row[0] for row in table(README, "`X-Cache`")] == list(get_args(Source))


def test_the_styles_are_as_many_as_is_said() -> None:
    words = {5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
    words |= {15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty"}
    kinds = (DataPattern, EyeShape, GradientType, FrameName, EffectKind)
    patterns, eyes, gradients, frames, effects = (words[len(get_args(kind))] for kind in kinds)
    said = f"{patterns} patterns, {eyes} eyes, {gradients} gradients, {frames} frames with captions, {effects} effects"
    assert said in README.lower()


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`(?:[A-Z_]+=\S+ )?make (\w+)`", README))
    assert {"run", "test"} <= targets <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "docs/api.md", "docs/architecture.md", "docs/cache.md", "docs/security.md"]
)
def test_every_path_that_is_mentioned_exists(name: str) -> None:
    document = ROOT / name
    mentioned = paths(document.read_text(encoding="utf-8"))
    assert mentioned
    assert [path for path in mentioned if not ((document.parent / path).exists() or (ROOT / path).exists())] == []


def test_every_picture_is_what_the_engine_draws_now() -> None:
    committed = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}
    assert committed == {name: draw(query) for name, query in PICTURES.items()}, "run: python scripts/pictures.py"
