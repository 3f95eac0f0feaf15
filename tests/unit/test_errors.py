from __future__ import annotations

import ast
from pathlib import Path

import pytest

from qr_engine import errors
from qr_engine.errors import Issue, Problem, TooMuchData

PROBLEMS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Problem)]


def test_all_exports_exist():
    assert all(hasattr(errors, name) for name in errors.__all__)


def test_codes_are_unique():
    codes = [kind.code for kind in PROBLEMS if kind not in (Problem,)]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", PROBLEMS)
def test_a_document_has_the_members_of_rfc_9457(kind: type[Problem]):
    document = kind("What happened.").document()
    assert list(document) == ["type", "title", "status", "detail", "code"]
    assert document["status"] == kind.status
    assert document["type"].endswith(kind.code)


def test_extra_members_and_issues_are_in_the_document():
    issue = Issue("data", "Is too long.")
    document = TooMuchData("Too long.", issues=(issue,), capacity=10, needed=12).document()
    assert document["capacity"] == 10
    assert document["needed"] == 12
    assert document["errors"] == (issue,)


@pytest.mark.parametrize(
    ("path", "parent", "joined"),
    [("ssid", "data", "data.ssid"), ("", "data", "data"), ("[2]", "codes", "codes[2]")],
)
def test_an_issue_seen_from_its_parent_has_the_longer_path(path: str, parent: str, joined: str):
    assert Issue(path, "Is wrong.").within(parent).path == joined


def messages() -> list[tuple[str, str]]:
    """The sentences of the layer's issues that are written out, but for those of `content`, by their place."""
    layer = Path(__file__).parents[2] / "layers" / "qr_engine" / "qr_engine"
    found = []
    for path in sorted(set(layer.rglob("*.py")) - set((layer / "content").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Issue" and len(node.args) > 1:
                said = node.args[1]
                if isinstance(said, ast.Constant | ast.JoinedStr):
                    pieces = said.values if isinstance(said, ast.JoinedStr) else [said]
                    text = "".join(str(each.value) if isinstance(each, ast.Constant) else "X" for each in pieces)
                    found.append((f"{path.relative_to(layer)}:{node.lineno}", text))
    return found


def test_issues_are_whole_sentences() -> None:
    samples = messages()
    assert len(samples) > 30
    assert [each for each in samples if not (each[1][0].isupper() and each[1].endswith("."))] == []
