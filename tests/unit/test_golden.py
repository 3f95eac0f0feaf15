"""The pictures of this tree are those of the golden files, and change only together with the renderer's version."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from scripts.golden_pictures import (
    BYTES,
    PICTURES,
    REMEDY,
    Bytes,
    Pictures,
    changes_under_one_version,
    conditions,
    differences,
    draw_all,
    normal_form,
    pinned_versions,
    read_pictures,
    refusal,
    renew_keys,
    requests,
)

from qr_engine import RENDERER_VERSION
from qr_engine.content import Content
from qr_engine.pipeline import generate
from qr_engine.render import FORMATS
from qr_engine.request import parse
from qr_engine.scan import SCORE_VERSION

ROOT = Path(__file__).parents[2]
GOLDEN = read_pictures(PICTURES.read_bytes())
RAW = msgspec.json.decode(BYTES.read_bytes(), type=Bytes)


def test_pictures_are_those_of_the_golden_file() -> None:
    now = {name: picture.line for name, picture in draw_all().items()}
    changed = differences(GOLDEN.pictures, now)
    assert not changed, f"{len(changed)} pictures changed: {'; '.join(changed)}. {REMEDY}"
    assert now.keys() == GOLDEN.pictures.keys(), "run `make golden`: the catalogue has other pictures than the file"
    assert GOLDEN.renderer_version == RENDERER_VERSION, "run `make golden`: the file is of another renderer version"
    assert GOLDEN.score_version == SCORE_VERSION, "run `make golden`: the file has scores of another version"


def test_their_bytes_are_those_of_the_same_codecs() -> None:
    here = conditions()
    if not pinned_versions().items() <= here.items() or here != RAW.drawn_with:
        pytest.skip(f"bytes are compared where {RAW.drawn_with} draws, not with {here}")
    now = {name: picture.bytes for name, picture in draw_all().items() if picture.bytes}
    changed = differences(RAW.bytes, now)
    assert not changed, f"the bytes of {len(changed)} pictures changed: {'; '.join(changed)}. {REMEDY}"
    assert now.keys() == RAW.bytes.keys(), "run `make golden`: the catalogue has other pictures than the file"


def test_no_commit_has_them_otherwise_under_this_version() -> None:
    changed = changes_under_one_version(GOLDEN)
    if changed is None:
        pytest.skip("this copy of the repository has no history")
    assert not changed, f"tests/golden/pictures.json changed under one version: {'; '.join(changed)}. {REMEDY}"


def test_the_changelog_says_what_this_version_changed() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"Renderer version {RENDERER_VERSION}:" in text, f"Say what changed in CHANGELOG.md. {REMEDY}"


def test_the_catalogue_has_every_format_and_content_type() -> None:
    asked = requests()
    assert {request["format"] for request in asked.values()} == set(FORMATS)
    given = [request["data"] for request in asked.values() if isinstance(request["data"], dict)]
    types: dict[str, type[msgspec.Struct]] = {kind.__struct_config__.tag: kind for kind in get_args(Content)}
    assert {data["type"] for data in given} == set(types)
    fields = {(name, field) for name, kind in types.items() for field in kind.__struct_fields__}
    assert fields == {(data["type"], field) for data in given for field in data if field != "type"}


def record(version: int, **digests: str) -> Pictures:
    return Pictures(version, {name: {"digest": digest} for name, digest in digests.items()})


def test_a_score_changes_only_with_the_version_of_scores() -> None:
    before = Pictures(7, {"one": {"digest": "a", "score": 100}}, score_version=1)
    for version, changed in ((1, ["one"]), (2, [])):
        now = Pictures(7, {"one": {"digest": "a", "score": 88}}, score_version=version)
        assert differences(before.comparable_with(now), now.comparable_with(before)) == changed
    other = Pictures(7, {"one": {"digest": "b", "score": 88}}, score_version=2)
    assert differences(before.comparable_with(other), other.comparable_with(before)) == ["one"]


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """What would be said of other files where there are those of version 7 with the pictures ``one`` and ``two``."""
    golden, raw = tmp_path / "pictures.json", tmp_path / "bytes.json"
    machine = {"machine": "linux x86_64"}
    golden.write_text(record(7, one="a", two="b").printed())
    raw.write_text(Bytes(7, machine, {"one": "A", "two": "B"}).printed())

    def said(pictures: Pictures, machine: dict[str, str] = machine, **bytes_: str) -> str | None:
        return refusal(pictures, Bytes(pictures.renderer_version, machine, bytes_), golden=golden, raw=raw)

    return said


def test_a_changed_picture_is_not_written_under_the_same_version(written: Any) -> None:
    assert written(record(7, one="a", two="c")) == f"1 pictures changed: two. {REMEDY}"


def test_nor_are_other_bytes_from_the_same_codecs(written: Any) -> None:
    assert written(record(7, one="a", two="b"), one="A", two="C") == f"1 pictures changed: two. {REMEDY}"
    assert written(record(7, one="a", two="b"), {"machine": "darwin arm64"}, one="A", two="C") is None


def test_a_raised_version_may_change_pictures_and_a_new_one_may_come_at_any_time(written: Any) -> None:
    assert written(record(8, one="c", two="d"), one="C", two="D") is None
    assert written(record(7, one="a", two="b", three="c"), one="A", two="B", three="C") is None


def test_the_version_never_falls(written: Any) -> None:
    assert written(record(6, one="a", two="b")) == "RENDERER_VERSION is 6, and must not fall below 7."


def test_history_names_what_changed_between_commits_of_one_version(tmp_path: Path) -> None:
    path = tmp_path / PICTURES.relative_to(ROOT)
    path.parent.mkdir(parents=True)

    def commit(pictures: Pictures) -> None:
        path.write_text(pictures.printed())
        name = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        for command in (("init", "-q"), ("add", "."), (*name, "commit", "-qm", "x")):
            subprocess.run(("git", *command), cwd=tmp_path, check=True)

    commit(record(6, one="z"))
    commit(record(7, one="a"))
    commit(record(7, one="a", two="b"))
    assert changes_under_one_version(record(7, one="a", two="b", three="c"), tmp_path) == []
    assert changes_under_one_version(record(7, one="c", two="d"), tmp_path) == ["one", "two"]
    assert changes_under_one_version(record(8, one="c", two="d"), tmp_path) == []


def test_a_copy_without_history_has_nothing_to_compare_with(tmp_path: Path) -> None:
    assert changes_under_one_version(record(7, one="a"), tmp_path) is None


OTHER_CODECS = """
import json, sys, zlib
from PIL import Image
compress, save = zlib.compress, Image.Image.save
zlib.compress = lambda data, *level: compress(data, 1)
def other(image, written, form=None, **parameters):
    changed = {"PNG": {"compress_level": 1, "optimize": False}, "WEBP": {"method": 2}}.get(form, {"quality": 85})
    save(image, written, form, **{**parameters, **changed})
Image.Image.save = other
from scripts.golden_pictures import draw, requests
asked = list(requests().items())
pictures = draw(dict([*asked[::9], *[one for one in asked if "logo" in one[0]]]))
print(json.dumps({name: [picture.line, picture.bytes] for name, picture in pictures.items()}))
"""


@pytest.mark.slow
def test_what_counts_does_not_depend_on_the_builds_of_zlib_and_codecs() -> None:
    # An encoder that takes other decisions stands for another build of it: the digests stay, the bytes do not.
    program = f"import sys; sys.path[:0] = {[str(ROOT / 'layers' / 'qr_engine'), str(ROOT)]!r}\n{OTHER_CODECS}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    drawn: dict[str, tuple[dict[str, Any], str | None]] = json.loads(done.stdout)
    assert [name for name, (line, _) in drawn.items() if line != GOLDEN.pictures[name]] == []
    ours = draw_all()
    other_bytes = {name.rpartition(".")[2] for name, (_, digest) in drawn.items() if digest != ours[name].bytes}
    assert other_bytes == {"svg", "png", "webp", "jpeg", "avif", "pdf", "eps"}


def form_of(changed: dict[str, Any], form: str) -> bytes:
    shared = {"data": "https://example.com", "size": 128, "format": form, "verify": False}
    body, _ = generate.draw_picture(parse({**shared, **changed})[1])
    return normal_form(body, form, {})


@pytest.mark.parametrize("form", FORMATS)
def test_a_single_module_counts_in_every_format(form: str) -> None:
    assert form_of({"mask": 1}, form) == form_of({"mask": 1}, form) != form_of({"mask": 2}, form)


@pytest.mark.parametrize("form", ["svg", "png", "webp", "pdf", "eps"])
def test_a_slightly_other_colour_within_a_bitmap_counts(form: str) -> None:
    one, other = ({"gradient": {"type": "spiral", "colors": ["#5b2a86", color]}} for color in ("#b3541e", "#b3541f"))
    assert form_of(one, form) == form_of(one, form) != form_of(other, form)


@pytest.mark.parametrize("form", ["png", "webp", "jpeg", "avif", "pdf", "eps"])
def test_the_resolution_counts(form: str) -> None:
    assert form_of({"dpi": 72}, form) != form_of({"dpi": 144}, form)


def test_files_have_one_line_a_picture() -> None:
    for path, names in ((PICTURES, GOLDEN.pictures), (BYTES, RAW.bytes)):
        lines = re.findall(r'^    "([^"]+)": [^\n]+$', path.read_text("utf-8"), re.M)
        assert lines == list(names)


def test_the_reference_gets_the_keys_of_a_raised_version() -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    raised = renew_keys(text, RENDERER_VERSION, RENDERER_VERSION + 1)
    changed = [line for line, other in zip(text.split("\n"), raised.split("\n"), strict=True) if line != other]
    assert changed == [line for line in text.split("\n") if re.search("[0-9a-f]{64}", line)]
    assert renew_keys(raised, RENDERER_VERSION + 1, RENDERER_VERSION) == text
