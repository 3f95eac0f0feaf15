"""Every regular expression of the layer, found in its syntax tree."""

from __future__ import annotations

import ast
import re
from functools import cache, reduce
from operator import or_
from pathlib import Path

import msgspec

__all__ = ["LAYER", "Expression", "expressions", "expressions_in"]

LAYER = Path(__file__).parents[2] / "layers" / "qr_engine" / "qr_engine"

_FUNCTIONS = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class Expression(msgspec.Struct, frozen=True):
    """A regular expression, or a call that makes one of what cannot be seen.

    Attributes
    ----------
    place
        The file and the line.
    pattern
        None where it is not made of constants alone; `made_of` is the source then.
    methods
        How it is used: ``fullmatch``, ``findall`` and so on.
    """

    place: str
    pattern: str | None
    flags: int
    methods: tuple[str, ...]
    made_of: str = ""


def expressions() -> list[Expression]:
    """All expressions of the layer."""
    found = []
    for path in sorted(LAYER.rglob("*.py")):
        found += expressions_in(path.read_text(encoding="utf-8"), path.relative_to(LAYER).as_posix())
    return found


def expressions_in(source: str, name: str) -> list[Expression]:
    """The expressions of one file: what `re` is called with, and the patterns of msgspec, which searches with them."""
    tree = ast.parse(source)
    assigned = _assigned(tree, name)
    owners = _owners(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "re":
            found.append(Expression(f"{name}:{node.lineno}", None, 0, (), "from re import"))
        if not isinstance(node, ast.Call):
            continue
        place = f"{name}:{node.lineno}"
        if _is_re(node.func):
            assert isinstance(node.func, ast.Attribute)
            function = node.func.attr
            if function not in _FUNCTIONS:
                continue
            methods = _methods(tree, owners.get(node)) if function == "compile" else (function,)
            pattern = _text(node.args[0], assigned)
            found.append(Expression(place, pattern, _flags(node), methods, ast.unparse(node.args[0])))
        for keyword in node.keywords:
            if keyword.arg == "pattern" and isinstance(node.func, ast.Name) and node.func.id == "Meta":
                text = _text(keyword.value, assigned)
                found.append(Expression(place, text, 0, ("search",), ast.unparse(keyword.value)))
    return found


def _is_re(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"


def _targets(node: ast.AST) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _assigned(tree: ast.Module, name: str) -> dict[str, ast.expr]:
    """What names of the module stand for, be they assigned there or imported from beside it."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            path = (LAYER / name).parents[node.level - 1].joinpath(*(node.module or "").split(".")).with_suffix(".py")
            if path.is_file():
                there = _assigned_in(path)
                found |= {alias.asname or alias.name: there[alias.name] for alias in node.names if alias.name in there}
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            found |= dict.fromkeys(_targets(node), node.value)
    return found


@cache
def _assigned_in(path: Path) -> dict[str, ast.expr]:
    return _assigned(ast.parse(path.read_text(encoding="utf-8")), path.relative_to(LAYER).as_posix())


def _owners(tree: ast.Module) -> dict[ast.AST, str]:
    """The names that compiled expressions are kept under: of a variable, or of the function that returns them."""
    found: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        value = getattr(node, "value", None)
        for name in _targets(node):
            if value is not None:
                found[value] = name
        if isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    found[inner.value] = node.name
    return found


def _methods(tree: ast.Module, owner: str | None) -> tuple[str, ...]:
    """How a compiled expression is used in its module; in every way where that cannot be seen."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _FUNCTIONS[1:]:
            value = node.value.func if isinstance(node.value, ast.Call) else node.value
            if isinstance(value, ast.Name) and value.id == owner:
                found.add(node.attr)
            elif isinstance(value, ast.IfExp):
                names = [each.id for each in (value.body, value.orelse) if isinstance(each, ast.Name)]
                found |= {node.attr} if owner in names else set()
    return tuple(sorted(found)) or ("findall", "fullmatch")


def _text(node: ast.expr, assigned: dict[str, ast.expr]) -> str | None:
    """The text that an expression of constants gives; None where there is anything else in it."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=bytes() as octets):
            return octets.decode("latin-1")
        case ast.Name(id=name) if name in assigned:
            return _text(assigned[name], assigned)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts = [_text(left, assigned), _text(right, assigned)]
        case ast.JoinedStr(values=values):
            parts = [_text(each.value if isinstance(each, ast.FormattedValue) else each, assigned) for each in values]
        case _:
            return None
    known = [part for part in parts if part is not None]
    return "".join(known) if len(known) == len(parts) else None


def _flags(node: ast.Call) -> int:
    names = [
        each.attr
        for part in (*node.args[1:], *[keyword.value for keyword in node.keywords])
        for each in ast.walk(part)
        if isinstance(each, ast.Attribute) and _is_re(each)
    ]
    return reduce(or_, [int(re.RegexFlag[name]) for name in names if name in re.RegexFlag.__members__], 0)
