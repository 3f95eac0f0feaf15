"""The signers of docs/signing.md, each run by its own language, against the vectors for other implementers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.documents import ROOT, blocks
from tests.machine import command, npm_packages
from tests.signing_vectors import KEY, VECTORS, Vector

FOLDER = ROOT / "docs" / "signers"
PAGE = (ROOT / "docs" / "signing.md").read_text(encoding="utf-8")

Command = Callable[[Path], list[str]]


def python(_: Path) -> list[str]:
    return [command("python3", "install Python"), str(FOLDER / "sign.py")]


def php(_: Path) -> list[str]:
    return [command("php", "apt-get install php-cli, or install PHP 8"), str(FOLDER / "sign.php")]


def shell(_: Path) -> list[str]:
    command("openssl", "apt-get install openssl")
    return [command("bash", "install bash"), str(FOLDER / "sign.sh")]


def go(folder: Path) -> list[str]:
    program = folder / "sign"
    compiler = command("go", "apt-get install golang-go, or install Go 1.19 or later")
    environment = {**os.environ, "GOCACHE": str(folder / "cache"), "GOFLAGS": "-mod=mod", "GO111MODULE": "off"}
    run([compiler, "build", "-o", str(program), str(FOLDER / "sign.go")], environment)
    return [str(program)]


MAIN = """
import { readFileSync } from "node:fs";
import { sign } from "./sign.js";
const [method, url, file] = process.argv.slice(2);
console.log(await sign(method, url, process.env.SIGNING_KEY, file ? new Uint8Array(readFileSync(file)) : undefined));
"""


def typescript(folder: Path) -> list[str]:
    """Compiled as strictly as the compiler can, with the one that the tests of clients install."""
    shutil.copy(FOLDER / "sign.ts", folder)
    (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    (folder / "main.mjs").write_text(MAIN, encoding="utf-8")
    node = npm_packages(folder, "typescript@5.9.3")
    options = ["--strict", "--target", "ES2022", "--module", "ES2022", "--lib", "ES2022,DOM,DOM.Iterable"]
    run([str(folder / "node_modules" / ".bin" / "tsc"), *options, str(folder / "sign.ts")])
    return [node, str(folder / "main.mjs")]


SIGNERS: dict[str, Command] = {
    "sign.py": python,
    "sign.ts": typescript,
    "sign.php": php,
    "sign.go": go,
    "sign.sh": shell,
}


def run(arguments: list[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        arguments, env=environment or dict(os.environ), capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.rstrip("\n")


@pytest.fixture(scope="module", params=SIGNERS)
def signer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    name: str = request.param
    return name, SIGNERS[name](tmp_path_factory.mktemp("signer"))


def reads(name: str, vector: Vector, url: str) -> bool:
    """URLs of the web are UTF-8, and those of Go have no percent sign that encodes nothing."""
    return not ((name == "sign.ts" and not vector.utf8) or (name == "sign.go" and url.endswith("%")))


@pytest.mark.slow
def test_it_finds_the_signature_of_every_vector(signer: tuple[str, list[str]], tmp_path: Path) -> None:
    name, program = signer
    environment = {**os.environ, "SIGNING_KEY": KEY}
    body = tmp_path / "body"
    for vector in (each for each in VECTORS if reads(name, each, each.url)):
        body.write_bytes(vector.body.encode())
        arguments = [*program, vector.method, vector.url, *([str(body)] if vector.body else [])]
        mark = "&" if "?" in vector.url else "?"
        assert run(arguments, environment) == f"{vector.url}{mark}sig={vector.signature}", vector.name


@pytest.mark.slow
def test_other_spellings_have_the_same_signature(signer: tuple[str, list[str]]) -> None:
    name, program = signer
    environment = {**os.environ, "SIGNING_KEY": KEY}
    for vector in VECTORS:
        for same in (each for each in vector.same if not each.body and reads(name, vector, each.url)):
            signed = run([*program, same.method, same.url], environment)
            assert signed.rpartition("sig=")[2] == vector.signature, same.url


def test_a_signer_leaves_out_no_more_than_it_has_to() -> None:
    left_out = {name: sum(not reads(name, each, each.url) for each in VECTORS) for name in SIGNERS}
    assert left_out == {"sign.py": 0, "sign.ts": 1, "sign.php": 0, "sign.go": 0, "sign.sh": 0}


def test_the_page_shows_the_very_files() -> None:
    shown = {block.text for block in blocks(PAGE) if block.heading and block.language not in {"sh", "text"}}
    assert shown == {path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.is_file()}
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} == set(SIGNERS)
