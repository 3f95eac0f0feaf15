"""docs/styles.md: that it has every combination, and that the service's own decoder reads each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scripts.style_table.families import COLUMNS, Families, style_key
from scripts.style_table.page import BORDERS, CENTERS, EYES, PATTERNS
from scripts.style_table.scores import FORMATS, picture, scores
from tests import machine

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "styles.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def table(section: str) -> dict[str, list[str]]:
    rows = [line.strip("|").split("|") for line in SECTIONS[section].splitlines() if line.startswith("| `")]
    return {first.strip(" `"): [cell.strip() for cell in cells] for first, *cells in rows}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_eye_has_a_score_in_every_format(pattern: str):
    assert list(table(pattern)) == list(EYES)
    assert {len(cells) for cells in table(pattern).values()} == {len(COLUMNS) + len(FORMATS)}


def test_every_border_has_a_score_with_every_center():
    found = table("Borders and centres apart")
    assert list(found) == list(BORDERS)
    assert {len(cells) for cells in found.values()} == {len(COLUMNS) + len(CENTERS)}


def test_the_services_decoder_reads_all_of_them():
    cells = [cell for section in SECTIONS for row in table(section).values() for cell in row[len(COLUMNS) :]]
    assert len(cells) == len(PATTERNS) * len(EYES) * len(FORMATS) + len(BORDERS) * len(CENTERS)
    assert min(int(cell.split(" · ")[0]) for cell in cells) > 0


@pytest.mark.parametrize(("column", "least"), [("phones", 0.999), ("by outline, `readers: all`", 0.99)])
def test_decoders_read_what_is_promised(column: str, least: float):
    # A phone's decoder misses one picture in some hundreds, whose thresholds fall badly; the next frame is another.
    cells = [row[COLUMNS.index(column)] for section in SECTIONS for row in table(section).values()]
    read, of = (sum(int(cell.split("/")[side]) for cell in cells) for side in (0, 1))
    assert read >= least * of


def test_every_picture_is_there():
    pictures = re.findall(r"\]\((styles/\S+)\)", PAGE)
    assert len(pictures) == len(PATTERNS) + 1
    assert all((DOCS / name).is_file() for name in pictures)


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_a_format_is_opened_at_the_size_that_the_page_says(form: str):
    assert picture(form, data_pattern="dots")[0].size == (300, 300)


def test_a_picture_that_no_decoder_reads_scores_nothing():
    machine.library("zbar", "apt-get install libzbar0, or brew install zbar")
    assert scores("png", stroke={"color": "black", "width": 0.5}) == (0, 0)


def test_a_family_is_counted_over_all_styles_of_a_row():
    styles = [{"eye_shape": "circle"}, {"eye_shape": "square"}]
    read = dict(zip(map(style_key, styles), ((6, 0, 3), (5, 3, 3)), strict=True))
    asked = dict(zip(COLUMNS, (6, 3, 3), strict=True))
    families = Families({key: dict(zip(COLUMNS, each, strict=True)) for key, each in read.items()}, asked, {})
    assert families.cells(styles) == ["11/12", "3/6", "6/6"]
