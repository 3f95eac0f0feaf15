"""Clients that generators make of `openapi.yaml`, and that call every route of the local API."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from scripts.local_api.routes import parse
from tests.machine import command, npm_packages
from tests.sam_cli import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import LocalApi

    Start = Callable[..., LocalApi]

pytestmark = pytest.mark.slow

OPENAPI = ROOT / "openapi.yaml"
PROGRAMS = Path(__file__).parent / "clients"
DOCUMENT: dict[str, Any] = parse(OPENAPI)
OPERATIONS = {
    operation["operationId"]
    for methods in DOCUMENT["paths"].values()
    for operation in methods.values()
    if operation["tags"][0] in {"codes", "cache", "about"}
}
DATA = "https://example.com"
SAID = {
    "generateFromQuery": "<svg",
    "generateHead": 200,
    "generateFromPath": "<svg",
    "generateHeadFromPath": 200,
    "generate": "svg",
    "generate, a network": True,
    "generate, refused": "data",
    "generateBatch": ["a", True, 400],
    "validate": "2",
    "listStyles": ["acme"],
    "read": DATA,
    "health": "ok",
    "healthHead": 200,
    "describe": "3.1.0",
    "page": "# QR Engine",
    "warmCache": ["stored", "present"],
    "cacheStats": "memory",
    "clearCache": True,
}
"""What each route says, by its operation."""

MISSING_LIBRARY = re.compile(
    "cannot find symbol|package .* does not exist|does not override or implement"
    "|exception .* is never thrown|unreported exception"
)


def run(*arguments: str | Path, cwd: Path, merged: bool = False, **environment: str) -> str:
    done = subprocess.run(
        arguments, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr if merged else done.stdout


def said(program: str, package: str, api: LocalApi, folder: Path) -> Any:
    out = run(sys.executable, PROGRAMS / program, package, api.url, cwd=folder, PYTHONPATH=str(folder))
    return json.loads(out)


def generate(language: str, folder: Path, *options: str) -> None:
    """Run OpenAPI Generator, which is a Java program in a Python package."""
    command("java", "install a Java runtime, 11 or later")
    generator = command("openapi-generator-cli", "pip install openapi-generator-cli")
    run(generator, "generate", "-i", OPENAPI, "-g", language, "-o", folder, *options, cwd=folder)


@pytest.fixture
def api(local_api: Start, tmp_path_factory: pytest.TempPathFactory) -> LocalApi:
    """The local API with one named style."""
    assets = tmp_path_factory.mktemp("assets")
    (assets / "styles").mkdir()
    (assets / "styles" / "acme.json").write_text("{}", encoding="utf-8")
    return local_api(ASSETS_DIR=str(assets))


def test_every_route_is_called() -> None:
    assert {name.partition(",")[0] for name in SAID} == OPERATIONS


def test_openapi_python_client_makes_a_package_that_calls_every_route(api: LocalApi, tmp_path: Path) -> None:
    generator = command("openapi-python-client", "pip install openapi-python-client")
    arguments = ("generate", "--path", OPENAPI, "--output-path", "qr_client", "--meta", "none")
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    remarks = run(generator, *arguments, cwd=tmp_path, merged=True, PATH=beside)
    # It knows no answer that is only a picture, and leaves the type of that answer out, but no route and no schema.
    assert "will not be generated" not in remarks
    assert "Unable to process schema" not in remarks
    assert said("with_openapi_python_client.py", "qr_client", api, tmp_path) == SAID


def test_openapi_generator_makes_a_python_package_that_calls_every_route(api: LocalApi, tmp_path: Path) -> None:
    generate("python", tmp_path, "--package-name", "qr_client")
    expected = SAID | {"generateFromQuery": "PNG", "generateFromPath": "PNG", "generate, refused": "gradient.colors[0]"}
    assert said("with_openapi_generator.py", "qr_client", api, tmp_path) == expected


def test_openapi_generator_makes_java_without_errors(tmp_path: Path) -> None:
    """As far as the compiler gets without the libraries of the client, which only Maven has."""
    compiler = command("javac", "install a JDK, 11 or later")
    generate("java", tmp_path, "--library", "okhttp-gson")
    files = sorted((tmp_path / "src" / "main" / "java").rglob("*.java"))
    options = ("-proc:none", "-XDshould-stop.ifError=FLOW", "-Xmaxerrs", "100000", "-d", str(tmp_path / "classes"))
    done = subprocess.run([compiler, *options, *map(str, files)], capture_output=True, text=True, check=False)
    errors = re.findall(r"^.*: error: .*", done.stderr, re.MULTILINE)
    assert len(files) > 50
    assert [error for error in errors if not MISSING_LIBRARY.search(error)] == []


def test_openapi_typescript_makes_types_with_which_a_program_calls_every_route(api: LocalApi, tmp_path: Path) -> None:
    for name in ("package.json", "tsconfig.json", "with_openapi_fetch.ts"):
        shutil.copy(PROGRAMS / name, tmp_path)
    node = npm_packages(tmp_path)
    tools = tmp_path / "node_modules" / ".bin"
    run(tools / "openapi-typescript", OPENAPI, "--default-non-nullable=false", "-o", "api.d.ts", cwd=tmp_path)
    run(tools / "tsc", "--project", ".", cwd=tmp_path)
    assert json.loads(run(node, "with_openapi_fetch.js", api.url, cwd=tmp_path)) == SAID
