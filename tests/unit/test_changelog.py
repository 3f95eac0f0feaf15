"""The changelog has the form that Keep a Changelog describes, and the release that the code says it is."""

from __future__ import annotations

import re
import tomllib

from tests.documents import ROOT

from qr_engine import __version__

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def releases() -> dict[str, str]:
    """What stands under each heading of a release, the newest first."""
    parts = re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_what_is_not_released_comes_first_and_the_version_of_the_code_next():
    unreleased, newest, *_ = releases()
    assert unreleased == "Unreleased"
    assert re.fullmatch(r"(\S+) - \d{4}-\d\d-\d\d", newest)
    assert newest.split()[0] == PROJECT["version"] == __version__


def test_every_line_is_of_a_kind_that_the_format_knows():
    for text in releases().values():
        before, *lists = re.split(r"^### (.+)$", text, flags=re.MULTILINE)
        assert "\n- " not in before
        assert lists[::2] == [kind for kind in KINDS if kind in lists[::2]]
        assert all("\n- " in entries for entries in lists[1::2])
