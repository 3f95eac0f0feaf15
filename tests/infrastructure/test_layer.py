"""The layer and the functions as `sam build` makes them, looked at the way Lambda would load them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests import sam_cli
from tests.machine import python313

if TYPE_CHECKING:
    from pathlib import Path

ELF_MACHINE = {"x86_64": 62, "arm64": 183}  # e_machine, System V ABI: EM_X86_64 and EM_AARCH64
LIMIT = 45 * 1024 * 1024

# Runs in a bare CPython 3.13 with the layer and one function on its path, as on Lambda, and reports what it saw.
PROBE = """
import json, sys
layer, function, event = sys.argv[1:]
compiled = []
sys.addaudithook(lambda name, given: name == "compile" and compiled.append(str(given[1])))
sys.path[:0] = [function, layer]
import app
after_import = sorted(sys.modules)
answer = app.lambda_handler(json.load(open(event)), None)
print()
print(json.dumps({
    "compiled": [path for path in compiled if path.startswith((layer, function))],
    "without bytecode": [
        name for name, module in sys.modules.items()
        if (getattr(module, "__file__", None) or "").startswith((layer, function))
        and module.__file__.endswith(".py") and not __import__("os").path.exists(module.__cached__)
    ],
    "imported": after_import,
    "imported by the request": sorted(set(sys.modules) - set(after_import)),
    "answer": answer,
}))
"""


@pytest.fixture(scope="module")
def layer(built: Path) -> Path:
    return built / "QREngineLayer" / "python"


@pytest.fixture(scope="module")
def arm64_layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arm64") / "build"
    return sam_cli.build(folder, "arm64", "QREngineLayer") / "QREngineLayer" / "python"


def run_function(folder: Path, built: Path, function: str, event: str) -> dict[str, Any]:
    """Load and call a function from a read-only copy of what was built."""
    shutil.copytree(built / "QREngineLayer" / "python", folder / "opt")
    shutil.copytree(built / function, folder / "task")
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = sorted(folder.rglob("*"))
    arguments = [python313(), "-I", "-S", "-c", PROBE, str(folder / "opt"), str(folder / "task")]
    arguments.append(str(sam_cli.ROOT / "events" / event))
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(folder.rglob("*")) == before
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


@pytest.fixture(scope="module")
def plain_request(tmp_path_factory: pytest.TempPathFactory, built: Path) -> dict[str, Any]:
    return run_function(tmp_path_factory.mktemp("lambda"), built, "GenerateFunction", "generate-get.json")


@pytest.mark.parametrize(
    ("function", "event"),
    [
        ("GenerateFunction", "generate-get.json"),
        ("StatsFunction", "stats.json"),
        ("ClearFunction", "clear.json"),
        ("WarmFunction", "warm-direct.json"),
    ],
)
def test_lambda_compiles_nothing(tmp_path: Path, built: Path, function: str, event: str) -> None:
    seen = run_function(tmp_path, built, function, event)
    assert (seen["compiled"], seen["without bytecode"]) == ([], [])


def test_the_built_function_answers(plain_request: dict[str, Any]) -> None:
    assert plain_request["answer"]["statusCode"] == 200


@pytest.mark.parametrize("package", ["redis", "asyncio", "PIL", "resvg_py", "zxingcpp"])
def test_a_plain_request_waits_for_no_heavy_import(layer: Path, plain_request: dict[str, Any], package: str) -> None:
    assert package in sys.stdlib_module_names or (layer / package).is_dir() or [*layer.glob(f"{package}.*so")]
    assert package not in plain_request["imported"]
    assert package not in plain_request["imported by the request"]


def test_bytecode_is_trusted_without_a_look_at_its_source(layer: Path) -> None:
    compiled = list(layer.rglob("*.pyc"))
    assert compiled
    for path in compiled:
        flags = int.from_bytes(path.read_bytes()[4:8], "little")  # PEP 552: 1 is hash-based, 3 would be checked
        assert flags == 1, path


def test_every_module_has_its_bytecode(layer: Path) -> None:
    for source in layer.rglob("*.py"):
        assert (source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc").is_file(), source


def test_the_whole_engine_is_in_the_layer(layer: Path) -> None:
    engine = sam_cli.ROOT / "layers" / "qr_engine" / "qr_engine"
    wanted = {
        path.relative_to(engine)
        for path in engine.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".pyi"} and path.name != "py.typed"
    }
    there = {path.relative_to(layer / "qr_engine") for path in (layer / "qr_engine").rglob("*")}
    assert wanted <= there


def machines(layer: Path) -> set[int]:
    """The processors that the extension modules are for."""
    return {int.from_bytes(path.read_bytes()[18:20], "little") for path in layer.rglob("*.so*")}


def test_the_wheels_are_for_x86_64(layer: Path) -> None:
    assert machines(layer) == {ELF_MACHINE["x86_64"]}


def test_the_wheels_are_for_arm64(arm64_layer: Path) -> None:
    assert machines(arm64_layer) == {ELF_MACHINE["arm64"]}


@pytest.mark.parametrize("architecture", ["layer", "arm64_layer"])
@pytest.mark.parametrize("package", ["hiredis", "msgspec", "PIL", "zxingcpp"])
def test_a_package_with_native_code_brings_it(package: str, architecture: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(architecture)
    assert [*folder.glob(f"{package}*.so"), *folder.glob(f"{package}/**/*.so")]


@pytest.mark.parametrize("function", ["GenerateFunction", "StatsFunction", "ClearFunction", "WarmFunction"])
def test_a_function_is_its_handler_and_nothing_else(built: Path, function: str) -> None:
    assert sorted(path.name for path in (built / function).iterdir()) == ["__pycache__", "app.py"]


def test_both_architectures_carry_the_same_packages(layer: Path, arm64_layer: Path) -> None:
    assert sorted(path.name for path in layer.iterdir()) == sorted(path.name for path in arm64_layer.iterdir())


def test_nothing_is_shipped_that_no_request_reads(layer: Path) -> None:
    idle = [path for path in layer.rglob("*") if path.suffix == ".pyi" or path.name in {"tests", "RECORD", "bin"}]
    assert idle == []


def test_every_package_brings_its_licence(layer: Path) -> None:
    packages = list(layer.glob("*.dist-info"))
    assert packages
    for package in packages:
        assert any("licen" in path.name.lower() for path in package.rglob("*") if path.is_file()), package.name


def test_what_the_runtime_has_is_not_in_the_layer(layer: Path) -> None:
    assert not {"boto3", "botocore", "pip"} & {path.name for path in layer.iterdir()}


def test_what_only_tests_and_benchmarks_use_is_not_in_the_layer(layer: Path) -> None:
    assert not {"segno", "rich", "qrcode"} & {path.name for path in layer.iterdir()}


@pytest.mark.parametrize("architecture", ["layer", "arm64_layer"])
def test_the_layer_stays_small(architecture: str, request: pytest.FixtureRequest) -> None:
    size = sum(path.stat().st_size for path in request.getfixturevalue(architecture).rglob("*") if path.is_file())
    assert size <= LIMIT
