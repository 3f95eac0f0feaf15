"""Every page: what it answers, links and commands that work, paths that exist, sentences that are read once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.documents import ROOT, blocks, curls, paths, send
from tests.environment import fresh

DOCS = ROOT / "docs"
INDEX = DOCS / "README.md"
PAGES = sorted(path for path in DOCS.glob("*.md") if path != INDEX)
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", INDEX, *PAGES]
LONGEST = 35
"""Words of a sentence outside tables."""
TARGETS = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
SAMPLES = [
    curl
    for name in ("README.md", "docs/getting-started.md")
    for curl in curls(
        "\n".join(block.text for block in blocks((ROOT / name).read_text(encoding="utf-8")) if block.language == "sh")
    )
]


def ident(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(document: Path) -> set[str]:
    """The addresses that GitHub gives the headings of a document."""
    text = re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def paragraphs(text: str) -> list[str]:
    """The prose of a page: without code, tables, headings and HTML; each item of a list is one."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    found: list[str] = []
    lines: list[str] = []
    for line in [*map(str.strip, text.splitlines()), ""]:
        begins = re.match(r"[-*] |\d+\. ", line)
        if lines and (begins or not line or line.startswith(("|", "#", "<"))):
            found.append(" ".join(lines))
            lines = []
        if line and not line.startswith(("|", "#", "<")):
            lines.append(line.removeprefix(begins[0]) if begins else line)
    return found


def sentences(paragraph: str) -> list[str]:
    """A paragraph in sentences; what is in backquotes counts as one word, and a colon or semicolon ends none."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"`[^`]*`", "Code", paragraph))
    return re.split(r"(?<=[.!?])[)*\"]*\s+(?=[*(\"]*[A-Z0-9`])", plain)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(monkeypatch)


@pytest.mark.parametrize("path", PAGES, ids=ident)
def test_a_page_says_at_its_top_what_it_answers(path: Path):
    _, question, *_ = path.read_text(encoding="utf-8").split("\n\n")
    assert re.fullmatch(r"\*[A-Z][^*]+\?\*", question), question


def test_every_page_is_one_click_from_the_index():
    linked = set(re.findall(r"\]\(([\w-]+\.md)", INDEX.read_text(encoding="utf-8")))
    assert linked == {path.name for path in PAGES}


@pytest.mark.parametrize("path", WRITTEN, ids=ident)
def test_every_link_leads_to_a_file_and_a_heading_that_exist(path: Path):
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"", text):
        file, _, anchor = "".join(link).partition("#")
        if re.match(r"[a-z]+:", file):
            continue
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append("".join(link))
    assert lost == []


@pytest.mark.parametrize("path", WRITTEN, ids=ident)
def test_every_path_that_is_mentioned_exists(path: Path):
    mentioned = paths(path.read_text(encoding="utf-8"))
    # What a caller puts into a bucket, or a command writes, is not of this repository.
    own = {each for each in mentioned if not re.fullmatch(r"[\w-]+\.(?:yaml|toml|md)", each)}
    assert sorted(each for each in own if not ((path.parent / each).exists() or (ROOT / each).exists())) == []


@pytest.mark.parametrize("path", WRITTEN, ids=ident)
def test_every_make_target_exists(path: Path):
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)(?:[A-Z_]+=\S+ )*make ([a-z-]+)", text, re.MULTILINE))
    assert named <= TARGETS


@pytest.mark.parametrize("path", WRITTEN, ids=ident)
def test_no_sentence_has_to_be_read_twice_for_its_length(path: Path):
    text = path.read_text(encoding="utf-8")
    every = [sentence for paragraph in paragraphs(text) for sentence in sentences(paragraph)]
    assert [sentence for sentence in every if len(sentence.split()) > LONGEST] == []


@pytest.mark.parametrize("curl", [curl for curl in SAMPLES if "@" not in curl.body and "$" not in curl.body], ids=str)
def test_a_command_to_copy_gets_an_answer(curl):
    assert curl.url.startswith("http://127.0.0.1:3000/")
    assert send(curl).status == 200
