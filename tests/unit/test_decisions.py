"""The records of decisions: all of one form, all in the index, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.documents import ROOT, table

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(FOLDER.iterdir())
INDEX = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PARTS = ["Context", "Decision", "Alternatives that lost", "Measurement"]
FORM = re.compile(r"# (\d+)\. (.+)\n\n(\d{4}-\d\d-\d\d), (?:accepted|replaced by \[\d+\]\(.+\))\.\n")


def anchors(document: Path) -> set[str]:
    """The addresses that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_number_date_and_all_its_parts(path: Path):
    text = path.read_text(encoding="utf-8")
    form = FORM.match(text)
    assert form
    assert path.name.startswith(f"{int(form[1]):03}-")
    assert [part for part in re.findall(r"^## (.+)$", text, re.MULTILINE) if part in PARTS] == PARTS
    assert all(text.split(f"## {part}\n")[1].split("\n## ")[0].strip() for part in PARTS)


def test_the_index_has_every_record_and_no_other():
    told = []
    for path in RECORDS:
        form = FORM.match(path.read_text(encoding="utf-8"))
        assert form
        told.append([f"[{form[1]}](decisions/{path.name})", form[2].replace("`", ""), form[3]])
    assert table(INDEX, "#") == told
    # A record that is written at the same time may come later, and have a number before.
    numbers = [int(path.name[:3]) for path in RECORDS]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_link_leads_to_a_heading_that_exists(path: Path):
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve()
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", RECORDS[1:], ids=lambda path: path.stem)
def test_every_path_that_a_record_names_exists(path: Path):
    named = re.findall(r"`([\w./-]+(?:/|\.(?:py|md|yaml|lua)))`", path.read_text(encoding="utf-8"))
    layer = ROOT / "layers" / "qr_engine" / "qr_engine"
    assert [name for name in named if not ((ROOT / name).exists() or (layer / name).exists())] == []
