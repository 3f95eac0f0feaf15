"""Whatever `openapi.yaml` allows or forbids is sent to the real application, in process.

No answer may be a 5xx, each must be one that the file declares, and what the file forbids must be refused.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from hypothesis import settings
from schemathesis import Case
from schemathesis.checks import load_all_checks
from schemathesis.core.result import Ok
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from scripts.local_api.application import application
from scripts.local_api.routes import parse

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def readable(served: Application) -> Application:
    """The same application as a client sees it, which undoes the coding that it has accepted."""

    def decoding(environ: Environ, start_response: Any) -> Iterable[bytes]:
        started: list[Any] = []
        body = b"".join(served(environ, lambda *given: started.extend(given)))
        status, headers = started
        if ("content-encoding", "gzip") in headers:
            body = gzip.decompress(body)
            headers = [(name, value) for name, value in headers if name != "content-length"]
        start_response(status, headers)
        return [body]

    return decoding


@schemathesis.serializer("image/jpeg", "image/webp", "image/gif", "image/avif", "image/svg+xml", "image/png")
def as_it_is(_: Any, value: Any) -> bytes:
    """What is made up for a picture, which is none."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


COMMITTED = Path(__file__).parents[2] / "openapi.yaml"
APPLICATION = readable(application())

ACCEPTED = ("*/*", "image/png", "text/plain, image/*;q=0.5", "application/json")
CODINGS = ("identity", "gzip, deflate, br")


def closed(node: Any) -> Any:
    """The same document, in which an answer may have no member that is not declared."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {name: closed(item) for name, item in node.items()}
    if node.get("type") == "object" and "properties" in node:
        plain.setdefault("additionalProperties", False)
    return plain


@cache
def behind_the_gateway(*, given: str, instead_of: str) -> BaseSchema:
    """The description as the functions see it: whoever reaches them has been let through.

    A query string has either `data` or `content`; with both, every one that is made up would be refused.
    """
    document = closed(parse(COMMITTED))
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["security"] = []
    # What is wrong with one item is said in its place, and the request as a whole is a success.
    for model, field in (("BatchRequest", "codes"), ("WarmRequest", "patterns")):
        schema = document["components"]["schemas"][model]["properties"][field]
        (items,) = (kind for kind in schema.get("anyOf", [schema]) if kind["type"] == "array")
        items["items"] = {"anyOf": [items["items"], {"type": "object"}]}
    shared = document["components"]["parameters"]
    shared[given]["required"] = True
    paths = [document["paths"][path] for path in ("/api/qr/generate", "/api/qr/generate.{ending}")]
    for operation in [path[method] for path in paths for method in ("get", "head")]:
        operation["parameters"] = [
            parameter
            for parameter in operation["parameters"]
            if parameter.get("$ref") != f"#/components/parameters/{instead_of}"
        ]
    schema = schemathesis.openapi.from_dict(document)
    schema.app = APPLICATION
    return schema


PLAIN = [
    operation["operationId"]
    for methods in parse(COMMITTED)["paths"].values()
    for operation in methods.values()
    if "drop-in" not in operation["tags"]
]
DROP_IN = [
    "quickChartGet",
    "goqrGet",
    "goqrPost",
    "goqrHeadSlash",
    "googleChartPost",
    "imageChartGetSlash",
    "goqrReadPost",
]
"""Each address of another service once: the others are the same function."""

MODES = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING, HypothesisTestMode.COVERAGE]


def send_cases(schema: BaseSchema, operation_id: str, check: Callable[[Case[Any]], None], random_cases: int) -> None:
    """Make up cases of one operation, and check each: examples, limits of its fields, and random ones.

    `BaseSchema.parametrize` would make them up when the tests are collected, which takes a minute of each process.
    """
    load_all_checks()
    (found,) = schema.include(operation_id=operation_id).get_all_operations()
    assert isinstance(found, Ok)
    chosen = settings(max_examples=random_cases, deadline=None, derandomize=True)
    config = HypothesisTestConfig(project=schema.config, modes=MODES, explicit_settings=chosen)
    create_test(operation=found.ok(), test_func=check, config=config)()


def check(case: Case[Any]) -> None:
    """What the engine says, it has to have declared."""
    chosen = crc32(f"{case.query!r} {case.body!r}".encode())
    headers = {
        "Accept": ACCEPTED[chosen % len(ACCEPTED)],
        "Accept-Encoding": CODINGS[chosen // len(ACCEPTED) % len(CODINGS)],
    }
    # A schema cannot say that a version is too small for the text, or a yellow code on white unreadable.
    case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])


def check_drop_in(case: Case[Any]) -> None:
    """What such a service does not take it passes over."""
    case.call_and_validate(excluded_checks=[positive_data_acceptance, negative_data_rejection])


@pytest.mark.parametrize("operation", PLAIN)
def test_every_answer_is_one_that_is_declared(operation: str) -> None:
    send_cases(behind_the_gateway(given="data", instead_of="content"), operation, check, 60)


def test_so_is_every_answer_to_content_in_a_query_string() -> None:
    send_cases(behind_the_gateway(given="content", instead_of="data"), "generateFromQuery", check, 50)


@pytest.mark.parametrize("operation", DROP_IN)
def test_so_is_every_answer_at_the_address_of_another_service(operation: str) -> None:
    send_cases(behind_the_gateway(given="data", instead_of="content"), operation, check_drop_in, 12)
