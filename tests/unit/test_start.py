from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "redis",
    "asyncio",
    "PIL",
    "zxingcpp",
    "boto3",
    "botocore.client",
    "importlib.resources",
    "pydantic",
    "ssl",
    "hashlib",
    "typing_extensions",
    "urllib.parse",
    *(
        f"qr_engine.{name}"
        for name in (
            "api.drop_in",
            "api.multipart",
            "api.problem_picture",
            "api.signing",
            "pipeline.extended",
            "render.notice",
            "request.canonical_extended",
            "request.extended",
            "symbol.legacy_charsets",
            "artwork.effect_strength",
            "artwork.frames",
            "artwork.lettering",
            "artwork.patterns",
            "artwork.robust_eyes",
            "artwork.styled",
            "pipeline.logo",
            "reading",
            "redis_client.pool",
            "pipeline.frame",
            "logo",
            "render.effects.paint_order",
            "render.raster.offset",
            "render.raster.masks",
            "render.raster.images",
            "render.raster.compose",
            "render.raster.paint",
            "render.svg.embed",
            "scan.outline",
            "pipeline.style",
            "pipeline.batch",
            "request.canonical_effects",
            "request.canonical_eyes",
            "request.canonical_logo",
        )
    ),
)
UNASKED = (
    *HEAVY,
    "threading",
    "heapq",
    *(
        f"qr_engine.{name}"
        for name in (
            "api.routes.batch",
            "api.routes.health",
            "api.routes.read",
            "api.routes.validate",
            "cache.clear",
            "cache.glob",
            "cache.popularity",
            "cache.redis_tier",
            "cache.stats",
            "cache.warm_progress",
            "content",
            "redis_client",
            "request.canonical_style",
            "request.explain",
            "request.lenient",
            "request.logo_schema",
            "request.read_schema",
            "request.schema",
            "request.snake_case",
            "request.style_schema",
            "symbol.roles",
            "symbol.structured_append",
        )
    ),
)
"""What a first plain code from `generate` does not load either, if there is no Redis."""

MOST_MODULES = 68
"""Modules of the layer that a first plain SVG may load: each takes some 0.2 ms to find, to read and to run.

A module more is not wrong, but it is a question: could it be loaded by the requests that need it?
"""

FUNCTIONS = ("generate", "stats", "clear", "warm")

LOADED = f"""
import json, sys
import app
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""

FIRST_REQUEST = """
import json, sys
import app
event = {"routeKey": "GET /api/qr/generate", "rawQueryString": "data=https://example.com", "headers": {}}
assert app.lambda_handler(event, None)["statusCode"] == 200
print(json.dumps(sorted(sys.modules)))
"""


def run(function: str, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `program` in a new process that sees what Lambda would show to the function."""
    path = os.pathsep.join([str(ROOT / "layers" / "qr_engine"), str(ROOT / "functions" / function)])
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**inherited, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_starts_without_anything_heavy(function: str):
    done = run(function, LOADED, REDIS_URL="redis://127.0.0.1:1")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def first_request(query: str = "", **environment: str) -> list[str]:
    """List what is loaded after the first plain request, which `query` stands behind."""
    done = run("generate", FIRST_REQUEST.replace("example.com", f"example.com{query}"), **environment)
    assert done.returncode == 0, done.stderr
    loaded: list[str] = json.loads(done.stdout.splitlines()[-1])
    return loaded


def test_there_are_such_modules():
    names = [name.replace(".", "/") for name in UNASKED if name.startswith("qr_engine.")]
    layer = ROOT / "layers" / "qr_engine"
    assert [name for name in names if not ((layer / f"{name}.py").exists() or (layer / name).is_dir())] == []


def test_the_first_plain_request_loads_nothing_that_others_ask_for():
    assert [name for name in first_request() if name in UNASKED] == []


def test_the_first_plain_request_loads_few_modules():
    loaded = [name for name in first_request() if name.partition(".")[0] == "qr_engine"]
    assert len(loaded) <= MOST_MODULES, loaded


def test_a_first_plain_request_for_all_readers_loads_no_more():
    assert first_request("&readers=all") == first_request()


SIGNED_REQUEST = f"""
import json, sys
import app
from qr_engine.api.signing.keys import keys_of, sign_address
from qr_engine.config import settings
address = sign_address(keys_of(settings())[0], "GET", "/api/qr/generate?data=https://example.com")
event = {{"routeKey": "GET /api/qr/generate", "rawQueryString": address.partition("?")[2], "headers": {{}}}}
assert app.lambda_handler(event, None)["statusCode"] == 200
event["rawQueryString"] += "A"
assert app.lambda_handler(event, None)["statusCode"] == 403
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""


def test_a_first_signed_request_loads_nothing_heavy_but_what_signing_takes():
    done = run("generate", SIGNED_REQUEST, SIGNING="required", SIGNING_KEY="k" * 32)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == ["qr_engine.api.signing"]


def test_a_first_plain_request_that_skips_redis_loads_nothing_heavy():
    loaded = first_request(REDIS_URL="redis://127.0.0.1:1", REDIS_FIRST_LOOKUP="skip")
    assert [name for name in loaded if name in HEAVY] == []


# As in the stacks that share an ElastiCache Serverless.
SERVERLESS = {
    "REDIS_CLUSTER_NODES": "127.0.0.1:1",
    "REDIS_TLS": "true",
    "REDIS_AUTH": "iam",
    "REDIS_USERNAME": "pipeline.engine",
    "REDIS_IAM_CACHE_NAME": "codes",
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
}
LOADED_TO_CONNECT = (
    *(name for name in HEAVY if name not in {"ssl", "qr_engine.redis_client.pool"}),
    *("encodings.idna", "hmac", "random", "logging", "http.client", "aws_lambda_powertools"),
)

FIRST_CONNECTION = f"""
import json, sys
import app
from qr_engine.redis_client.iam import IamCredentials
from qr_engine.tls import tls_context
from qr_engine.config import settings

seen = []

class BeforeTheLogger:
    def find_spec(self, name, path, target=None):
        if name == "aws_lambda_powertools" and not seen:
            seen.append([name for name in {LOADED_TO_CONNECT!r} if name in sys.modules])

# What logging the fault loads does not count. Nobody answers, so the login and the encryption, which come once a
# socket is open, are made here.
sys.meta_path.insert(0, BeforeTheLogger())
user, token = IamCredentials(settings(), "127.0.0.1").get_credentials()
assert "&X-Amz-Signature=" in token
tls_context(None)
event = {{"routeKey": "GET /api/qr/generate", "rawQueryString": "data=https://example.com", "headers": {{}}}}
assert app.lambda_handler(event, None)["statusCode"] == 200
assert "qr_engine.redis_client.slots" in sys.modules
print(json.dumps(seen[0]))
"""


def test_a_first_request_that_logs_in_to_an_encrypted_cluster_with_a_token_loads_nothing_heavy():
    done = run("generate", FIRST_CONNECTION, **SERVERLESS)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


@pytest.mark.parametrize("kind", ["snap-start", "provisioned-concurrency"])
@pytest.mark.parametrize("name", ["api.routes.batch", "content", "redis_client.pool", "request.schema"])
def test_where_waiting_at_start_is_free_what_few_requests_need_loads_at_once(kind: str, name: str):
    program = f"import sys, app; print('qr_engine.{name}' in sys.modules)"
    done = run("generate", program, REDIS_URL="redis://127.0.0.1:1", AWS_LAMBDA_INITIALIZATION_TYPE=kind)
    assert done.stdout.splitlines()[-1] == "True", done.stderr


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_wrong_setting_stops_the_start_with_one_sentence(function: str):
    done = run(function, LOADED, REDIS_TTL="soon")
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert last.endswith("ConfigurationError: REDIS_TTL must be a whole number of seconds, 1 to 315360000, not 'soon'.")
