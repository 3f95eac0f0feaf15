from __future__ import annotations

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
