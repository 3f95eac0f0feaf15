"""Data flows one way: nothing downstream imports anything upstream, and what one file knows no other does."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYER = ROOT / "layers" / "qr_engine" / "qr_engine"

ORDER = (
    *("api", "pipeline", "request", "content", "logo", "scan"),
    *("render", "artwork", "symbol", "cache", "redis_client", "percent_encoding"),
    *("invisible", "snapstart", "hashes", "observability", "config", "errors"),
)
"""The rooms of the layer, upstream first: each may import those behind it, and none before it."""


def sources() -> list[Path]:
    return sorted(LAYER.rglob("*.py"))


def room(path: Path) -> str:
    """The module or folder right under the package that `path` is or lies in."""
    return path.relative_to(LAYER).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, ...]]:
    """What the file imports, wherever it does, as the parts of absolute names."""
    package = ("qr_engine", *path.relative_to(LAYER).parts[:-1])
    found: list[tuple[str, ...]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            named = (*base, *(node.module or "").split(".")) if node.module else base
            found += [(*named, alias.name) for alias in node.names]
    return found


def test_the_order_names_every_room():
    assert sorted(ORDER) == sorted({room(path) for path in sources()} - {"__init__"})


@pytest.mark.parametrize("name", ORDER)
def test_a_room_knows_nothing_upstream_of_it(name: str):
    upstream = set(ORDER[: ORDER.index(name)])
    known = {parts[1] for path in sources() if room(path) == name for parts in imports(path) if parts[0] == "qr_engine"}
    assert not known & upstream


def test_only_the_client_of_redis_knows_redis_py():
    assert {room(path) for path in sources() if any(parts[0] == "redis" for parts in imports(path))} == {"redis_client"}


def test_only_config_reads_the_environment():
    def reads(path: Path) -> bool:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        return any(isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"} for node in nodes)

    assert {room(path) for path in sources() if reads(path)} == {"config"}


def test_only_the_api_takes_events_apart():
    words = ('"routeKey"', '"rawQueryString"', '"isBase64Encoded"', '"httpMethod"')
    assert {room(path) for path in sources() if any(word in path.read_text("utf-8") for word in words)} == {"api"}


def test_the_layer_knows_neither_functions_nor_scripts():
    assert not [parts for path in sources() for parts in imports(path) if parts[0] in {"functions", "scripts", "app"}]
