"""Make a template that needs no clone and no Python: ``make package BUCKET=my-bucket PREFIX=qr-engine/1.0.0``.

Builds, and puts the template and what it carries into ``dist/``, under names of their content and with addresses in
that bucket. It uploads nothing, and says how to, and what the link to launch it then is.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


__all__ = ["archive", "launch_link", "package"]

BUILT = ROOT / ".aws-sam" / "build"
STARTED = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a ZIP archive knows, for every file: the same content is the same archive."""


def main() -> int:
    """Build and package for the bucket that the command line names."""
    parser = argparse.ArgumentParser(description="Write a template that people can launch without a clone.")
    parser.add_argument("bucket")
    parser.add_argument("--prefix", default="qr-engine")
    parser.add_argument("--region", default="eu-central-1", help="the region of the bucket and of the stack")
    parser.add_argument("--architecture", default="arm64", choices=["arm64", "x86_64"])
    arguments = parser.parse_args()
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", arguments.bucket):
        parser.error(f"{arguments.bucket!r} is no name of a bucket")
    built = subprocess.run(
        ["sam", "build", "--parameter-overrides", f"Architecture={arguments.architecture}"], cwd=ROOT, check=False
    )
    if built.returncode:
        return built.returncode
    folder = ROOT / "dist"
    shutil.rmtree(folder, ignore_errors=True)
    prefix = arguments.prefix.strip("/")
    files = package(BUILT, folder, f"s3://{arguments.bucket}/{prefix}", arguments.architecture)
    print(f"dist/ has {', '.join(files)}. To publish it and let others launch it:\n")
    print(f"  aws s3 cp --recursive dist s3://{arguments.bucket}/{prefix}/\n")
    print(f"  {launch_link(arguments.bucket, prefix, arguments.region)}\n")
    print("People who launch it must be able to read those objects, and the bucket must be in the region of the stack.")
    return 0


def launch_link(bucket: str, prefix: str, region: str) -> str:
    """Return the page of the console that makes a stack of the template, with its parameters in groups."""
    template = f"https://{bucket}.s3.{region}.amazonaws.com/{prefix}/template.yaml"
    query = urlencode({"templateURL": template, "stackName": "qr-engine"})
    return f"https://{region}.console.aws.amazon.com/cloudformation/home?region={region}#/stacks/create/review?{query}"


def package(built: Path, folder: Path, address: str, architecture: str) -> list[str]:
    """Put the built template and what it carries into `folder`; the names of the files."""
    import yaml
    from samtranslator.yaml_helper import yaml_parse
    from scripts.release import release_hash

    template: dict[str, Any] = yaml_parse((built / "template.yaml").read_text(encoding="utf-8"))
    folder.mkdir(parents=True)
    files = []
    for resource in template["Resources"].values():
        for name in resource.get("Properties", {}).keys() & {"CodeUri", "ContentUri"}:
            content = archive(built / resource["Properties"][name])
            file = f"{hashlib.sha256(content).hexdigest()[:32]}.zip"
            if file not in files:
                (folder / file).write_bytes(content)
                files.append(file)
            resource["Properties"][name] = f"{address}/{file}"
            resource.pop("Metadata", None)
    # What was built for one architecture runs on no other; and an update by the link is another release.
    template["Parameters"]["Architecture"] |= {"Default": architecture, "AllowedValues": [architecture]}
    template["Parameters"]["ReleaseHash"]["Default"] = release_hash({"Architecture": architecture})
    text = yaml.safe_dump(template, sort_keys=False, allow_unicode=True, width=120)
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    return [*files, "template.yaml"]


def archive(folder: Path) -> bytes:
    """Return the folder as a ZIP archive: the same bytes for the same content."""
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), STARTED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if path.stat().st_mode & 0o100 else 0o644) << 16
            packed.writestr(entry, path.read_bytes())
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
