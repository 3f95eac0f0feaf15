"""What runs the service without AWS: the files, and what docs/deploy.md says of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from scripts.local_api.server_settings import DEFAULTS, ServerSettings
from tests.documents import ROOT, blocks, table

GUIDE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["serve"]
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def pins(path: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / path).read_text(encoding="utf-8")))


def block(language: str) -> str:
    (found,) = [each.text for each in blocks(GUIDE) if each.language == language]
    return found


def test_compose_is_what_the_specification_allows() -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    arguments = [str(program), "--builtin-schema", "vendor.compose-spec", str(ROOT / "compose.yaml")]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_no_service_has_rights_that_it_does_not_need(name: str) -> None:
    service = COMPOSE["services"][name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service["user"].startswith("0")


def test_compose_publishes_to_this_computer_only() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", ())]
    assert published == ["127.0.0.1:${PORT:-3000}:3000"]


def test_the_servers_lock_pins_the_group_that_serves() -> None:
    pinned = pins("scripts/local_api/requirements.txt")
    for requirement in map(Requirement, SERVE):
        assert requirement.specifier.contains(pinned[requirement.name]), "run `make lock` and commit what it writes"


def test_the_two_locks_agree() -> None:
    server, layer = pins("scripts/local_api/requirements.txt"), pins("layers/qr_engine/requirements.txt")
    assert {name: server[name] for name in server.keys() & layer.keys()} == {
        name: layer[name] for name in server.keys() & layer.keys()
    }


def test_every_pin_of_the_server_has_its_hashes() -> None:
    text = (ROOT / "scripts" / "local_api" / "requirements.txt").read_text(encoding="utf-8")
    assert all("--hash=sha256:" in each for each in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:])


def test_the_dockerfile_copies_only_what_the_context_has() -> None:
    allowed = {
        line[1:].rstrip("/")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert allowed <= copied
    assert all(source in allowed or str(Path(source).parent) in allowed for source in copied)
    assert all((ROOT / source).exists() for source in copied if "*" not in source)


def test_the_last_stage_is_nobodys() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)$", last, re.MULTILINE) == ["65534:65534"]


def test_the_variables_of_the_server_are_in_the_table_with_their_defaults() -> None:
    said = {name: default for name, default, _ in table(GUIDE, "variable")}
    fields = ServerSettings.__struct_fields__
    assert said == {name.upper(): str(getattr(DEFAULTS, name) or "none") for name in fields}


def test_the_manifest_of_kubernetes_asks_what_there_is_and_has_few_rights() -> None:
    deployment, service = yaml.safe_load_all(block("yaml"))
    pod = deployment["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    probes = [container[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")]
    assert probes == ["/healthz", "/healthz", "/readyz"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert pod["spec"]["securityContext"]["runAsUser"] == 65534
    assert service["spec"]["selector"] == pod["metadata"]["labels"] == deployment["spec"]["selector"]["matchLabels"]


def test_the_other_examples_can_be_read_and_name_the_port() -> None:
    fly, task = tomllib.loads(block("toml")), json.loads(block("json"))
    assert fly["http_service"]["internal_port"] == 3000
    assert task["containerDefinitions"][0]["portMappings"] == [{"containerPort": 3000}]
