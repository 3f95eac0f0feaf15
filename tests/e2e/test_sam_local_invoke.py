"""Every event file through the real SAM CLI: AWS's runtime interface, the built layer, the built functions."""

from __future__ import annotations

import base64
import gzip
import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from tests.e2e.http_client import read_code
from tests.machine import container_engine
from tests.s3_server import s3_server
from tests.sam_cli import ROOT, sam, shell
from tests.signing_vectors import KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.redis_server import RedisServer

    Invoke = Callable[..., Any]

MENU = "https://example.com/menu?table=7"


@pytest.fixture
def invoke(built: Path, tmp_path: Path) -> Invoke:
    """Invoke a function with an event file, as ``sam local invoke <function> -e events/<name>.json`` does."""
    container_engine()

    def run(function: str, event: str, **environment: str) -> Any:
        (tmp_path / "environment.json").write_text(json.dumps({"Parameters": environment}), encoding="utf-8")
        # SAM passes on only what the template names.
        template = built / "template.yaml"
        more = [name for name in environment if name.startswith("AWS_")]
        if more:
            text = template.read_text(encoding="utf-8")
            template = built / "with-more-variables.yaml"
            names = "".join(f"        {name}: ''\n" for name in more)
            template.write_text(text.replace("      Variables:\n", f"      Variables:\n{names}", 1), encoding="utf-8")
        arguments = [sam(), "local", "invoke", function, "--event", str(ROOT / "events" / f"{event}.json")]
        arguments += ["--template-file", str(template), "--config-file", str(ROOT / "samconfig.toml")]
        arguments += ["--env-vars", str(tmp_path / "environment.json"), "--skip-pull-image"]
        done = subprocess.run(arguments, env=shell(), capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


def answered(response: Any, status: int = 200) -> Any:
    """The JSON body of an answer that has this status; a large one is compressed."""
    assert response["statusCode"] == status, response["body"]
    compressed = "Content-Encoding" in response["headers"]
    return json.loads(gzip.decompress(base64.b64decode(response["body"])) if compressed else response["body"])


def test_generate_get(invoke: Invoke) -> None:
    response = invoke("GenerateFunction", "generate-get")
    assert (response["statusCode"], response["headers"]["X-Cache"]) == (200, "miss")
    # The event comes from a browser, which takes gzip.
    assert (response["isBase64Encoded"], response["headers"]["Content-Encoding"]) == (True, "gzip")
    picture = gzip.decompress(base64.b64decode(response["body"]))
    assert read_code(picture, response["headers"]["Content-Type"]) == MENU


def test_generate_get_png(invoke: Invoke) -> None:
    response = invoke("GenerateFunction", "generate-get-png")
    assert (response["isBase64Encoded"], response["headers"]["Content-Type"]) == (True, "image/png")
    assert read_code(base64.b64decode(response["body"]), "image/png") == MENU


@pytest.mark.parametrize("event", ["generate-get-signed", "generate-get"])
def test_a_signed_address(invoke: Invoke, event: str) -> None:
    response = invoke("GenerateFunction", event, SIGNING="required", SIGNING_KEY=KEY, SIGNING_KEY_ID="2026-11")
    if event == "generate-get":
        # A browser that shows a picture is shown the refusal.
        assert (response["statusCode"], response["headers"]["Cache-Control"]) == (403, "no-store")
        assert response["headers"]["X-Problem"].startswith("bad_signature: ")
    else:
        assert (response["statusCode"], response["headers"]["Content-Type"]) == (200, "image/png")
        assert read_code(base64.b64decode(response["body"]), "image/png") == MENU


def test_generate_post(invoke: Invoke) -> None:
    envelope = answered(invoke("GenerateFunction", "generate-post"))
    assert (envelope["success"], envelope["cached"]) == (True, False)
    assert read_code(envelope["data"].encode(), envelope["content_type"]) == "žluťoučký kůň ±°µ×"


def test_generate_post_through_a_rest_api(invoke: Invoke) -> None:
    envelope = answered(invoke("GenerateFunction", "generate-post-v1"))
    assert read_code(envelope["data"].encode(), envelope["content_type"]) == "https://example.com/v1"


@pytest.mark.parametrize(
    "event", ["quickchart-get", "goqr-get", "goqr-post", "google-get", "google-post", "image-charts-get"]
)
def test_an_address_of_another_service(invoke: Invoke, event: str) -> None:
    response = invoke("GenerateFunction", event)
    assert (response["statusCode"], response["headers"]["Content-Type"]) == (200, "image/png")
    assert read_code(base64.b64decode(response["body"]), "image/png") == MENU


def test_batch(invoke: Invoke) -> None:
    results = {result["id"]: result for result in answered(invoke("GenerateFunction", "batch"))["results"]}
    assert {name: result["success"] for name, result in results.items()} == {
        "table-1": True,
        "table-2": True,
        "wrong": False,
        "guest-wifi": True,
    }
    assert read_code(results["table-1"]["data"].encode(), "image/svg+xml") == "https://example.com/menu?table=1"
    assert read_code(base64.b64decode(results["table-2"]["data"]), "image/png") == "https://example.com/menu?table=2"
    assert results["wrong"]["problem"]["errors"][0]["path"] == "size"
    wifi = read_code(results["guest-wifi"]["data"].encode(), "image/svg+xml")
    assert r"P:correct horse\; battery;" in wifi


def test_validate(invoke: Invoke) -> None:
    answer = answered(invoke("GenerateFunction", "validate"))
    assert (answer["valid"], answer["symbol"]["error_correction"]) == (True, "H")


def test_read(invoke: Invoke) -> None:
    (symbol,) = answered(invoke("GenerateFunction", "read"))["symbols"]
    assert (symbol["text"], symbol["parsed"]["type"]) == ("https://example.com", "url")


def test_a_style_is_read_from_the_bucket(invoke: Invoke, built: Path, container_gateway: str) -> None:
    with s3_server(container_gateway) as server:
        server.create_bucket(Bucket="brand")
        style = {"data_pattern": "rounded", "size": 512, "colors": {"foreground": "#1a2b8c"}, "lock": True}
        server.put_object(Bucket="brand", Key="styles/acme.json", Body=json.dumps(style).encode())
        response = invoke("GenerateFunction", "generate-get-style", ASSETS_BUCKET="brand", **server.variables)
    assert (response["statusCode"], response["headers"]["Cache-Control"]) == (200, "public, max-age=60")
    picture = base64.b64decode(response["body"])
    assert read_code(picture, "image/png") == MENU
    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (512, 512)
        assert (26, 43, 140) in {color for _, color in image.convert("RGB").getcolors(2**16) or ()}


def test_styles(invoke: Invoke) -> None:
    assert answered(invoke("GenerateFunction", "styles")) == {"success": True, "styles": []}


def test_read_at_the_address_of_another_service(invoke: Invoke) -> None:
    (element,) = answered(invoke("GenerateFunction", "goqr-read"))
    assert element["symbol"] == [{"seq": 0, "data": "https://example.com", "error": None}]


def test_stats(invoke: Invoke) -> None:
    stats = answered(invoke("StatsFunction", "stats"))["stats"]
    assert (stats["mode"], stats["prefix"], stats["total_keys"]) == ("memory", "qr_engine_v2", 0)


def test_clear(invoke: Invoke) -> None:
    cleared = answered(invoke("ClearFunction", "clear"))
    assert (cleared["pattern"], cleared["count"], cleared["complete"]) == ("https://example.com/*", 0, True)


def test_clear_by_format_and_age(invoke: Invoke) -> None:
    cleared = answered(invoke("ClearFunction", "clear-old-png"))
    assert (cleared["pattern"], cleared["count"], cleared["complete"]) == ("*", 0, True)


def test_warm(invoke: Invoke) -> None:
    answer = answered(invoke("WarmFunction", "warm"))
    assert [(each["pattern"], each["outcome"]) for each in answer["results"]] == [
        ("test1", "stored"),
        ("test2", "stored"),
    ]


@pytest.mark.parametrize("event", ["warm-scheduled", "warm-direct"])
def test_warming_without_http_answers_without_http(invoke: Invoke, event: str) -> None:
    answer = invoke("WarmFunction", event)
    assert (answer["success"], answer["count"]) == (True, 2)
    assert {each["outcome"] for each in answer["results"]} == {"stored"}


def test_what_one_function_warms_another_finds_in_redis(invoke: Invoke, redis_for_containers: RedisServer) -> None:
    url = redis_for_containers.url
    invoke("WarmFunction", "warm-scheduled", REDIS_URL=url)
    assert answered(invoke("StatsFunction", "stats", REDIS_URL=url))["stats"]["total_keys"] == 2
    assert answered(invoke("ClearFunction", "clear", REDIS_URL=url))["count"] == 0


def test_every_event_file_is_invoked_here() -> None:
    source = (ROOT / "tests" / "e2e" / "test_sam_local_invoke.py").read_text(encoding="utf-8")
    assert [path.stem for path in (ROOT / "events").glob("*.json") if f'"{path.stem}"' not in source] == []
