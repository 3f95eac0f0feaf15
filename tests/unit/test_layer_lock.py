"""What the layer carries: pyproject.toml names it, layers/qr_engine/requirements.txt pins it, the code imports it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.documents import table

ROOT = Path(__file__).parents[2]
LAYER = ROOT / "layers" / "qr_engine"
RUNTIME = {"boto3", "botocore", "snapshot-restore-py"}
"""Packages that Lambda's Python brings."""
DATA = {"tzdata"}
"""Packages without code of their own: zoneinfo finds them."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMED = {canonicalize_name(each.name): each for each in map(Requirement, PROJECT["project"]["dependencies"])}
PINNED = {
    canonicalize_name(name): (version, set(reasons.replace("#", " ").split()))
    for name, version, reasons in re.findall(
        r"^([\w.-]+)==(\S+).*\n(?:    --hash=.*\n)+((?:    # .*\n)+)",
        (LAYER / "requirements.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
ADVICE = "pyproject.toml and layers/qr_engine/requirements.txt disagree: run `make lock` and commit what it writes"


def imported() -> set[str]:
    """The distributions that the layer and the functions import from, wherever in a module they do."""
    modules: set[str] = set()
    for path in [*LAYER.rglob("*.py"), *(ROOT / "functions").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                modules.add(node.module.partition(".")[0])
    providers = packages_distributions()
    # A name with an underscore is the interpreter's own, and not every version has each.
    foreign = {name for name in modules - sys.stdlib_module_names - {"qr_engine"} if not name.startswith("_")}
    return {canonicalize_name(found) for name in foreign for found in providers.get(name, ["nobody has " + name])}


def test_the_lock_pins_every_package_that_the_layer_is_to_carry_and_no_other() -> None:
    direct = {name for name, (_, reasons) in PINNED.items() if "qr-engine" in reasons}
    assert direct == set(NAMED), ADVICE


def test_the_lock_pins_versions_that_pyproject_allows() -> None:
    both = NAMED.keys() & PINNED.keys()
    outside = {name for name in both if not NAMED[name].specifier.contains(PINNED[name][0])}
    assert outside == set(), ADVICE


def test_the_layer_imports_every_package_that_it_carries_and_no_other() -> None:
    assert imported() - RUNTIME | DATA == set(NAMED)


def test_the_readme_lists_the_packages_of_the_layer() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [row[0] for row in table(readme, "package")] == list(NAMED)
