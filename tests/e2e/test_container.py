"""The image that Dockerfile makes, built without a registry and run with as few rights as a container can have."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from tests.e2e.http_client import begin_request, request, wait_until
from tests.machine import LAMBDA_IMAGE, command, container_engine
from tests.sam_cli import ROOT
from tests.unit.logo.pictures import svg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

TAG = "qr-engine:test"
LOCKED = ("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", "65534")

SURVEY = """
import importlib.util, json, os, pathlib, shutil, sys
sources = [path for path in pathlib.Path("/srv").rglob("*.py")]
print(json.dumps({
    "user": os.getuid(),
    "programs": [name for name in ("pip", "pip3", "gcc", "cc", "make") if shutil.which(name)],
    "modules": [name for name in ("pip", "ensurepip", "setuptools") if importlib.util.find_spec(name)],
    "sources": len(sources),
    "uncompiled": [str(path) for path in sources if not os.path.exists(importlib.util.cache_from_source(str(path)))],
    "top": sorted(os.listdir("/srv")),
}))
"""


def docker(*arguments: str, seconds: float = 60) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout.strip()


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image is built from, with the wheels that `make wheels` fetches."""
    container_engine()
    context = tmp_path_factory.mktemp("context")
    for name in ("Dockerfile", ".dockerignore", "template.yaml"):
        shutil.copy(ROOT / name, context / name)
    for name in ("container", "functions", "layers", "scripts"):
        shutil.copytree(ROOT / name, context / name, ignore=shutil.ignore_patterns("__pycache__"))
    make = [command("make", "install make"), "wheels", f"DEST={context / 'wheels'}", f"VENV={sys.prefix}"]
    subprocess.run(make, cwd=ROOT, check=True, timeout=300)
    return context


@pytest.fixture(scope="module")
def image(context: Path) -> Iterator[str]:
    """The image on Lambda's Python, which has no pip."""
    docker("build", "--quiet", "--tag", TAG, "--build-arg", f"BASE={LAMBDA_IMAGE}", str(context), seconds=600)
    yield TAG
    docker("image", "rm", "--force", TAG)


@contextmanager
def running(image: str, *options: str) -> Iterator[tuple[str, int]]:
    """Run the image; what comes is the container's id, and the port of this computer at which it answers."""
    container = docker("run", "--detach", *LOCKED, "--publish", "127.0.0.1::3000", *options, image)
    try:
        port = int(docker("port", container, "3000/tcp").splitlines()[0].rpartition(":")[2])
        wait_until(lambda: request(f"http://127.0.0.1:{port}/healthz").status == 200, seconds=60)
        yield container, port
    finally:
        docker("rm", "--force", "--volumes", container)


def test_the_image_has_what_serves_compiled_and_nothing_that_installs_or_builds(image: str) -> None:
    found: dict[str, Any] = json.loads(docker("run", "--rm", *LOCKED, "--entrypoint", "python3", image, "-c", SURVEY))
    assert found.pop("sources") > 500
    assert found == {
        "user": 65534,
        "programs": [],
        "modules": [],
        "uncompiled": [],
        "top": ["functions", "layers", "packages", "scripts", "template.yaml"],
    }


def test_pip_does_not_stay_where_the_base_has_it(context: Path) -> None:
    (pip,) = (path.name for path in (context / "wheels").glob("pip-*.whl"))
    script = f"""
        set -e
        export PIP_NO_INDEX=1 PIP_ROOT_USER_ACTION=ignore
        PYTHONPATH=/context/wheels/{pip} python3 -m pip install --quiet /context/wheels/{pip}
        python3 -m pip --version
        cp /context/container/remove_pip.py /tmp/remove_pip.py
        python3 /tmp/remove_pip.py
        ls /tmp
        ! python3 -m pip --version 2>/dev/null
    """
    volume = f"{context}:/context:ro"
    printed = docker("run", "--rm", "--volume", volume, "--entrypoint", "sh", LAMBDA_IMAGE, "-c", script)
    assert printed.startswith("pip ")
    assert printed.count("\n") == 0


def test_the_image_runs_as_nobody_unless_told_otherwise(image: str) -> None:
    (described,) = json.loads(docker("image", "inspect", image))
    assert described["Config"]["User"] == "65534:65534"
    assert described["Config"]["ExposedPorts"] == {"3000/tcp": {}}


def test_it_draws_codes_and_lets_a_request_end_before_it_does(image: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(svg('<circle cx="5" cy="5" r="5" fill="#123"/>', 'viewBox="0 0 10 10"'))
    tmp_path.chmod(0o755)
    mounted = f"{tmp_path}:/srv/logos:ro"
    with running(image, "--env", "ASSETS_DIR=/srv/logos", "--env", "WORKERS=2", "--volume", mounted) as (name, port):
        url = f"http://127.0.0.1:{port}"
        plain = request(f"{url}/api/qr/generate?data=https://example.com")
        assert (plain.status, plain.text) == (200, "https://example.com")
        styled = request(
            f"{url}/api/qr/generate?data=https://example.com&format=png&data_pattern=rounded&logo.asset=logo.svg"
        )
        assert (styled.status, styled.headers["content-type"]) == (200, "image/png")
        assert styled.text == "https://example.com"
        page = request(f"{url}/", headers={"accept": "text/html"})
        assert b'src="studio/' in page.body
        assert request(f"{url}/readyz").json == {"status": "ready", "redis": "none"}
        assert {request(url + path).status for path in ("/api/qr/cache/stats", "/metrics")} == {403}
        assert docker("exec", name, "python3", "/srv/scripts/local_api/probe.py") == ""

        body = b'{"data":"drained"}'
        with closing(begin_request(port, body)) as connection:
            docker("kill", "--signal", signal.SIGTERM.name, name)
            connection.sendall(body)
            assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")
        assert docker("wait", name) == "0"
        logs = docker("logs", name)
        assert "Traceback" not in logs


def test_the_token_opens_the_routes_for_operators(image: str) -> None:
    with running(image, "--env", "ADMIN_TOKEN=hunter2") as (_, port):
        shown = {"authorization": "Bearer hunter2"}
        found = request(f"http://127.0.0.1:{port}/metrics", headers=shown)
        assert (found.status, b"qr_engine_workers 1.0\n" in found.body) == (200, True)


def test_a_wrong_setting_ends_it_with_one_sentence(image: str) -> None:
    arguments = ["docker", "run", "--rm", *LOCKED, "--env", "WORKERS=many", image]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "WORKERS must be a whole number from 1 to 64, not 'many'.\n")
