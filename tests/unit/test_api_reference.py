from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from scripts.api_description.schemas import REFERENCE, schemas
from scripts.local_api.routes import parse as parsed
from scripts.local_api.routes import routes
from tests.documents import ROOT, Block, Curl, blocks, curls, is_own, send, table
from tests.environment import fresh
from tests.unit.logo.buckets import assets_folder

from qr_engine import reading
from qr_engine.api.answer import ANSWER_LIMIT
from qr_engine.api.drop_in import form
from qr_engine.api.routes import batch, cache, generate, warm
from qr_engine.artwork.words import EffectKind
from qr_engine.content import Content, write_payload
from qr_engine.errors import Problem
from qr_engine.pipeline import warm_list
from qr_engine.pipeline.generate import plan
from qr_engine.render import FORMATS
from qr_engine.render.raster.compose import draw_pixels as picture_of
from qr_engine.request import LONGEST_TEXT, named_style, parse
from qr_engine.request.canonicalize import AVIF_LARGEST
from qr_engine.request.decode import MAX_VALUES
from qr_engine.scan.read_back import read_back

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = blocks(TEXT)
CONTENT_TYPES = (ROOT / "docs" / "content-types.md").read_text(encoding="utf-8")
SCHEMAS = schemas()
WARM = SCHEMAS["WarmRequest"]["properties"]

QUERY_LIMIT = 100

EXAMPLES = [(shown, answer) for shown, answer in pairwise(BLOCKS) if shown.language == "sh"]
CONTENTS = [(shown, answer) for shown, answer in pairwise(blocks(CONTENT_TYPES)) if answer.language == "text"]
KINDS = {kind.__struct_config__.tag: kind for kind in get_args(Content)}


(STYLE,) = (block.text for block in BLOCKS if block.language == "json" and '"lock"' in block.text)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An environment with nothing set but a folder that has the style of the reference."""
    fresh(monkeypatch)
    with assets_folder(monkeypatch, tmp_path / "assets") as folder:
        (folder / "styles" / "acme.json").write_text(STYLE, encoding="utf-8")
        yield


def assert_shown(shown: Any, found: Any, path: str = "") -> None:
    """Whatever is printed is in the answer; … stands for anything, at the end of a list for the rest of it."""
    if isinstance(shown, dict):
        assert isinstance(found, dict), path
        for name, value in shown.items():
            assert name in found, f"{path}.{name}"
            assert_shown(value, found[name], f"{path}.{name}")
    elif isinstance(shown, list):
        if shown[-1:] == ["…"]:
            shown, found = shown[:-1], found[: len(shown) - 1]
        assert len(shown) == len(found), path
        for index, (one, other) in enumerate(zip(shown, found, strict=True)):
            assert_shown(one, other, f"{path}[{index}]")
    elif isinstance(shown, str) and "…" in shown:
        assert re.fullmatch(".+".join(map(re.escape, shown.split("…"))), found, re.DOTALL), path
    else:
        assert shown == found, path


@pytest.mark.parametrize(("command", "answer"), EXAMPLES, ids=lambda block: block.heading)
def test_every_example_gets_the_answer_that_is_printed(command: Block, answer: Block) -> None:
    (curl,) = curls(command.text)
    found = send(curl)
    if answer.language == "json":
        shown = json.loads(answer.text)
        assert_shown(shown, found.json)
        # Of a problem document; that of /healthz is a word.
        status = shown.get("status") if isinstance(shown, dict) else None
        assert found.status == (status if isinstance(status, int) else 200)
        return
    assert answer.language == "http"
    first, *lines = answer.text.splitlines()
    assert found.status == int(first.split()[1])
    assert_shown({name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}, found.headers)


def test_every_route_has_a_chapter_with_an_example() -> None:
    declared = {route.key for route in routes(parsed(ROOT / "template.yaml"))}
    other = {
        f"{method} {path}{end}"
        for path, methods, _ in table(TEXT, "path")
        for method in methods.split(", ")
        for end in ("", "/")
    }
    assert declared - other <= {command.heading for command, _ in EXAMPLES}
    assert other == {key for key in declared if not is_own(key)}


def test_every_format_is_listed_with_its_content_type() -> None:
    assert [row[:2] for row in table(TEXT, "format")] == [[form.name, form.content_type] for form in FORMATS.values()]


def in_words(schema: dict[str, Any]) -> str:
    """The type and the bounds of a field as the table has them."""
    (schema, *others) = [kind for kind in schema.get("anyOf", [schema]) if kind != {"type": "null"}]
    if others:
        return f"{in_words(schema)}, or object"
    if "enum" in schema:
        return ", ".join(schema["enum"])
    match schema["type"]:
        case "boolean":
            return "true or false"
        case "integer":
            return f"whole number, {schema['minimum']} to {schema['maximum']}"
        case "number":
            return f"number, {schema['minimum']} to {schema['maximum']}"
        case "array":
            bounds = dict.fromkeys(str(schema[name]) for name in ("minItems", "maxItems"))
            items = {"string": "texts", "number": "numbers"}.get(schema["items"].get("type", ""), "objects")
            return f"list of {' to '.join(bounds)} {items}"
        case "string" if "maxLength" in schema:
            return f"text of {schema['minLength']} to {schema['maxLength']} characters"
        case "string":
            return f"text of at least {schema['minLength']} character"
        case other:
            raise AssertionError(other)


def fields(name: str, prefix: str = "") -> list[list[str]]:
    """Each field of a schema, flat but for its gradients: its name, type and default."""
    found = []
    for field, schema in SCHEMAS[name]["properties"].items():
        inner = [kind["$ref"] for kind in (schema, *schema.get("anyOf", ())) if kind.get("$ref")]
        if inner == [f"{REFERENCE}Gradient"]:
            found.append([prefix + field, "object", json.dumps(schema["default"])])
            continue
        if len(inner) == 1:
            found += fields(inner[0].removeprefix(REFERENCE), f"{field}.")
            continue
        required = field in SCHEMAS[name]["required"]
        default = schema.get("default")
        shown = default if isinstance(default, str) else json.dumps(default)
        kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("$ref")][:1]
        flat = {"anyOf": [schema["anyOf"][0], *kinds]} if kinds else schema
        found.append([prefix + field, in_words(flat), "required" if required else shown])
    return found


def test_every_field_of_the_request_is_listed_with_its_bounds_and_its_default() -> None:
    assert [row[:3] for row in table(TEXT, "field")] == fields("QRRequest")


def test_every_field_of_a_gradient_is_listed_with_its_bounds_and_its_default() -> None:
    assert [row[:3] for row in table(TEXT, "field of a gradient")] == fields("Gradient")


def test_every_field_of_an_effect_is_listed_with_its_bounds_and_its_default() -> None:
    assert [row[:3] for row in table(TEXT, "field of an effect")] == fields("Effect")


def test_every_type_of_an_effect_is_explained() -> None:
    assert [row[0] for row in table(TEXT, "type of an effect")] == list(get_args(EffectKind))


def test_every_condition_of_the_read_back_is_listed_with_its_steps() -> None:
    artwork, _ = plan(parse({"data": "x", "colors": {"background": "transparent"}})[1])
    found = read_back(picture_of(artwork), "x", module_pixels=artwork.module_pixels)
    assert [(name, int(steps)) for name, steps, _ in table(TEXT, "condition of a read-back")] == [
        (condition.name, condition.steps) for condition in found.conditions
    ]


def test_every_member_of_a_symbol_that_is_read_is_explained() -> None:
    explained = [name for members, _ in table(TEXT, "member of a symbol") for name in members.split(", ")]
    assert explained == list(SCHEMAS["ReadSymbol"]["properties"])
    assert [row[0] for row in table(TEXT, "member of a grade")] == list(SCHEMAS["Grade"]["properties"])


def test_every_figure_of_the_cache_is_explained() -> None:
    explained = [name for members, _ in table(TEXT, "member") for name in members.split(", ")]
    assert sorted(explained) == sorted(SCHEMAS["CacheStats"]["properties"])


def test_every_condition_of_a_clear_is_explained() -> None:
    conditions = [row[0] for row in table(TEXT, "condition")]
    assert conditions == [name for name in SCHEMAS["ClearRequest"]["properties"] if name != "cursor"]


def test_every_source_of_a_warming_is_explained() -> None:
    assert {row[0] for row in table(TEXT, "source")} == set(WARM)


def test_every_content_type_has_an_example_and_no_other() -> None:
    assert [shown.heading for shown, _ in CONTENTS] == list(KINDS)


@pytest.mark.parametrize(("shown", "text"), CONTENTS, ids=lambda block: block.heading)
def test_every_content_gives_the_text_that_is_printed(shown: Block, text: Block) -> None:
    given = json.loads(shown.text)
    assert given["type"] == shown.heading
    written = write_payload(msgspec.convert(given, Content)).replace("\r\n", "\n")
    assert_shown(text.text.removesuffix("\n"), written.removesuffix("\n"))


@pytest.mark.parametrize("name", KINDS)
def test_every_field_of_a_content_is_named_in_its_chapter(name: str) -> None:
    (chapter,) = re.findall(rf"^## {name}\n(.*?)^```", CONTENT_TYPES, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`([a-z][a-z0-9_]*)`", chapter)) - {"nopass"}
    assert named == set(KINDS[name].__struct_fields__)


def test_every_problem_is_listed_with_its_status() -> None:
    tree = sorted((problem.status, problem.code) for problem in Problem.__subclasses__())
    assert [(int(status), code) for code, status, _ in table(TEXT, "code")] == tree


def test_a_query_string_may_have_as_many_parameters_as_is_said() -> None:
    query = "data=x" + "&size=300" * (QUERY_LIMIT - 1)
    most, more = (send(Curl("GET", f"/api/qr/generate?{given}", {}, "")).json for given in (query, query + "&size=300"))
    assert most["detail"] == "size: Is given more than once."
    assert more["detail"] == f"The query string must have at most {QUERY_LIMIT} parameters."


def test_every_limit_is_the_one_of_the_code() -> None:
    units = {"KiB": 1024, "MiB": 1024 * 1024}

    def number(said: str) -> int:
        figure, _, unit = said.partition(" ")
        return int(figure) * units.get(unit, 1)

    assert {what: number(limit) for what, limit in table(TEXT, "what")} == {
        "body of generate and validate": generate.BODY_LIMIT,
        "values, objects and lists in a body": MAX_VALUES,
        "response of generate, as Lambda returns it": ANSWER_LIMIT,
        "body of batch": batch.BODY_LIMIT,
        "values, objects and lists in the body of a batch": batch.MAX_VALUES,
        "codes of a batch": SCHEMAS["BatchRequest"]["properties"]["codes"]["maxItems"],
        "pictures in the response to a batch": batch.PICTURES_LIMIT,
        "body of warm": warm.BODY_LIMIT,
        "values, objects and lists in the body of a warm": warm.MAX_VALUES,
        "patterns of a warm": WARM["patterns"]["anyOf"][0]["maxItems"],
        "popular codes of a warm": WARM["popular"]["anyOf"][0]["maximum"],
        "list of a warm": warm_list.MAX_BYTES,
        "body of clear": cache.BODY_LIMIT,
        "form to an address of another service": form.BODY_LIMIT,
        "picture to read": reading.MAX_BYTES,
        "pixels of a picture to read": reading.MAX_PIXELS,
        "symbols returned": reading.MAX_SYMBOLS,
        "parameters of a query string": QUERY_LIMIT,
        "characters of a text": LONGEST_TEXT,
        "file of a named style": named_style.MAX_BYTES,
        "pixels a side of an AVIF": AVIF_LARGEST,
    }
