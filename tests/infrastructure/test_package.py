"""``make package``: a template for a bucket, with what it carries, and the link that launches it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse
from scripts.package import archive, launch_link, package
from tests.infrastructure.expanded import ROOT

ADDRESS = "s3://bucket/qr-engine/1.0.0"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What `sam build` leaves, as far as packaging looks at it."""
    folder = tmp_path / "built"
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    text = (ROOT / "template.yaml").read_text(encoding="utf-8")
    for name, resource in template["Resources"].items():
        for place in ("CodeUri", "ContentUri"):
            if place in resource.get("Properties", {}):
                (folder / name).mkdir(parents=True)
                (folder / name / "app.py").write_text(f"# {name}\n", encoding="utf-8")
                text = text.replace(f"{place}: {resource['Properties'][place]}\n", f"{place}: {name}\n")
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    return folder


def test_each_address_is_a_file_beside_the_template(built: Path, tmp_path: Path) -> None:
    files = package(built, tmp_path / "dist", ADDRESS, "arm64")
    template = yaml_parse((tmp_path / "dist" / "template.yaml").read_text(encoding="utf-8"))
    addresses = [
        resource["Properties"][place]
        for resource in template["Resources"].values()
        for place in resource.get("Properties", {}).keys() & {"CodeUri", "ContentUri"}
    ]
    assert {each.removeprefix(f"{ADDRESS}/") for each in addresses} == {*files} - {"template.yaml"}
    assert {path.name for path in (tmp_path / "dist").iterdir()} == {*files}
    assert len(files) == len(addresses) + 1


def test_the_template_is_one_that_cloudformation_expands(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(built, tmp_path / "dist", ADDRESS, "arm64")
    template = yaml_parse((tmp_path / "dist" / "template.yaml").read_text(encoding="utf-8"))
    assert template["Parameters"]["Architecture"]["AllowedValues"] == ["arm64"]
    assert len(template["Parameters"]["ReleaseHash"]["Default"]) == 64
    parameters = {name: str(each["Default"]) for name, each in template["Parameters"].items()}
    expanded = transform(template, parameters, None)
    functions = [each for each in expanded["Resources"].values() if each["Type"] == "AWS::Lambda::Function"]
    assert {each["Properties"]["Code"]["S3Bucket"] for each in functions} == {"bucket"}


def test_the_same_content_is_the_same_archive(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "python").mkdir(parents=True)
        (folder / "python" / "a.py").write_text("a = 1\n", encoding="utf-8")
    (other / "python" / "a.py").touch()
    assert archive(one) == archive(other)
    held = tmp_path / "held.zip"
    held.write_bytes(archive(one))
    assert zipfile.ZipFile(held).namelist() == ["python/a.py"]


def test_the_link_opens_the_console_with_the_template() -> None:
    link = launch_link("bucket", "qr-engine/1.0.0", "eu-central-1")
    page, _, query = urlsplit(link).fragment.partition("?")
    assert page == "/stacks/create/review"
    template = "https://bucket.s3.eu-central-1.amazonaws.com/qr-engine/1.0.0/template.yaml"
    assert parse_qs(query) == {"templateURL": [template], "stackName": ["qr-engine"]}
