"""Data flows one way: no room imports one that lies upstream of it, no module itself by way of others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYER = ROOT / "layers" / "qr_engine" / "qr_engine"

MAY_IMPORT = {
    "api": "studio pipeline reading request assets render artwork symbol cache percent_encoding hashes observability "
    "config errors",
    "studio": "render artwork hashes",
    "pipeline": "request aws logo scan render artwork symbol cache snapstart hashes observability config errors",
    "reading": "content logo scan render artwork symbol errors",
    "request": "content logo assets render artwork symbol hashes observability config errors",
    "content": "percent_encoding errors invisible",
    "logo": "assets render artwork symbol hashes observability errors",
    "scan": "render artwork errors invisible",
    "render": "artwork symbol hashes errors",
    "artwork": "symbol",
    "symbol": "errors",
    "assets": "aws config",
    "cache": "redis_client hashes observability config errors",
    "redis_client": "aws tls percent_encoding hashes observability config",
    "aws": "tls percent_encoding hashes config",
    "tls": "",
    "percent_encoding": "",
    "snapstart": "",
    "hashes": "",
    "observability": "config",
    "config": "errors",
    "errors": "",
    "invisible": "",
}
"""The rooms of the layer, upstream first, each with the rooms that it imports; the version is for everybody."""


@cache
def modules() -> dict[str, Path]:
    """Every module of the layer, by its dotted name."""
    names = {path: path.relative_to(LAYER.parent).with_suffix("").parts for path in sorted(LAYER.rglob("*.py"))}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for path, parts in names.items()}


def room(name: str) -> str:
    """The room of a module: what stands right behind the package's name; empty for the package itself."""
    return name.partition(".")[2].partition(".")[0]


@cache
def imports(name: str, *, types: bool = False) -> frozenset[str]:
    """What a module imports, wherever it does: dotted names, of modules where there is one.

    Parameters
    ----------
    types
        Whether what only a type checker runs counts as well.
    """
    path = modules()[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found: set[str] = set()
    for node in statements(ast.parse(path.read_text(encoding="utf-8")), types=types):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            inner = {f"{base}.{alias.name}" for alias in node.names}
            found |= {each if each in modules() else base for each in inner}
    return frozenset(found)


def statements(node: ast.AST, *, types: bool) -> Iterator[ast.AST]:
    """Every node below this one; only with `types` what only a type checker runs."""
    for child in ast.iter_child_nodes(node):
        if types or not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from statements(child, types=types)


def test_the_table_names_every_room_in_an_order_without_a_way_back():
    assert sorted(MAY_IMPORT) == sorted({room(name) for name in modules()} - {""})
    order = list(MAY_IMPORT)
    for number, (name, others) in enumerate(MAY_IMPORT.items()):
        assert set(others.split()) <= set(order[number + 1 :]), name


def rooms_of(name: str, *, types: bool = False) -> set[str]:
    """The other rooms that the modules of a room import."""
    others = (imports(module, types=types) & set(modules()) for module in modules() if room(module) == name)
    return {room(other) for some in others for other in some} - {name, ""}


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_a_room_imports_what_the_table_says(name: str):
    assert sorted(rooms_of(name)) == sorted(MAY_IMPORT[name].split())


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_not_even_for_types_does_a_room_import_one_upstream_of_it(name: str):
    order = list(MAY_IMPORT)
    assert not rooms_of(name, types=True) & set(order[: order.index(name)])


def test_no_modules_import_each_other_in_a_circle():
    graph = {name: imports(name) & set(modules()) - {name} for name in modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' <- '.join(error.args[1])}")


def test_only_the_client_of_redis_knows_redis_py():
    knowing = {room(name) for name in modules() if any(each.partition(".")[0] == "redis" for each in imports(name))}
    assert knowing == {"redis_client"}


def test_only_config_reads_the_environment():
    def reads(path: Path) -> bool:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        return any(isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"} for node in nodes)

    assert {room(name) for name, path in modules().items() if reads(path)} == {"config"}


def test_only_the_api_takes_events_apart():
    words = ('"routeKey"', '"rawQueryString"', '"isBase64Encoded"', '"httpMethod"')
    knowing = {room(name) for name, path in modules().items() if any(word in path.read_text("utf-8") for word in words)}
    assert knowing == {"api"}


def test_the_layer_knows_neither_functions_nor_scripts():
    outside = {each for name in modules() for each in imports(name)}
    assert not {each for each in outside if each.partition(".")[0] in {"functions", "scripts", "app"}}
