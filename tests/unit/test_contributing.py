"""What CONTRIBUTING.md and SECURITY.md send a contributor to exists: files, targets, and names in code."""

from __future__ import annotations

import re

import pytest
from tests.documents import ROOT

LAYER = ROOT / "layers" / "qr_engine" / "qr_engine"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = CONTRIBUTING.split("\n## Recipes\n")[1].split("\n## Glossary\n")[0]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
FILE = re.compile(r"`([\w.][\w./-]*(?:/|\.(?:py|md|yaml|yml|toml|lua|js)))`")
LINK = re.compile(r"\]\(([^)#:]+)[^):]*\)")
NAME = re.compile(r"`(_?[A-Z][A-Z_]{3,}|_?[A-Z][a-z]+(?:[A-Z][a-z]+)*)`")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md", ".github/pull_request_template.md"])
def test_every_file_that_is_named_exists(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(FILE.findall(text.split("\n## The map\n")[0])) | set(LINK.findall(text))
    assert named
    assert [path for path in sorted(named) if not ((ROOT / path).exists() or (LAYER / path).exists())] == []


def test_every_file_of_a_recipe_exists():
    named = set(FILE.findall(RECIPES))
    assert len(named) > 30
    assert [path for path in sorted(named) if not ((ROOT / path).exists() or (LAYER / path).exists())] == []


@pytest.mark.parametrize(
    "paragraph", [each for each in re.split(r"\n(?=\n|\d\. )", RECIPES) if NAME.search(each) and FILE.search(each)]
)
def test_a_name_in_code_stands_in_a_file_that_is_named_beside_it(paragraph: str):
    files = [base / name for name in FILE.findall(paragraph) for base in (LAYER, ROOT)]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())
    assert [name for name in NAME.findall(paragraph) if not re.search(rf"\b{name}\b", code)] == []


def test_every_target_exists():
    targets = set(re.findall(r"(?:`|^)make ([a-z][a-z-]*)", CONTRIBUTING, re.MULTILINE))
    assert {"test", "test-fast", "check", "golden", "bench", "policy"} <= targets
    assert targets <= set(re.findall(r"^([\w-]+):", MAKEFILE, re.MULTILINE))


def test_there_is_a_recipe_for_each_thing_that_is_added_most():
    assert re.findall(r"^### Add an? (.+)$", RECIPES, re.MULTILINE) == [
        "data pattern",
        "eye",
        "format",
        "content type",
        "setting",
        "route",
    ]
