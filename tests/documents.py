"""The examples in the documentation, taken out so that tests can run them against the local API, in process."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit
from wsgiref.util import setup_testing_defaults

from scripts.local_api.application import application

__all__ = ["ROOT", "Answer", "Block", "Curl", "blocks", "curls", "is_own", "paths", "send", "table"]

ROOT = Path(__file__).parents[1]

_FOLDERS = "docs|events|functions|layers|scripts|tests"
_APPLICATION = application()


class Block(NamedTuple):
    """A fenced block: its language, its text, and the heading that it stands under."""

    language: str
    text: str
    heading: str


class Curl(NamedTuple):
    """What a curl command sends."""

    method: str
    url: str
    headers: dict[str, str]
    body: str


class Answer(NamedTuple):
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def is_own(route: str) -> bool:
    """Whether a route, such as ``GET /healthz``, is the service's own and not the address of another one."""
    path = route.partition(" ")[2]
    return path == "/" or path.startswith(("/api/", "/healthz", "/openapi.json", "/llms.txt", "/studio/"))


def blocks(markdown: str) -> list[Block]:
    """Every fenced block, in its order."""
    found, heading = [], ""
    for match in re.finditer(
        r"^#+ (?P<heading>[^\n]+)$|^```(?P<language>\w*)\n(?P<text>.*?)^```$", markdown, re.M | re.S
    ):
        if match["heading"]:
            heading = match["heading"]
        else:
            found.append(Block(match["language"], match["text"], heading))
    return found


def curls(shell: str) -> list[Curl]:
    """Every curl command among the lines of a shell."""
    lines = shell.replace("\\\n", " ").splitlines()
    return [_curl(words) for words in (shlex.split(line, comments=True) for line in lines) if words[:1] == ["curl"]]


def _curl(words: list[str]) -> Curl:
    method, url, headers, body, in_query = "", "", {}, "", False
    rest = iter(takewhile(lambda word: word != "|", words[1:]))
    for word in rest:
        match word:
            case "-s" | "-i" | "-si":
                pass
            case "-G":
                in_query = True
            case "-o":
                next(rest)
            case "-I" | "-sI":
                method = "HEAD"
            case "-X":
                method = next(rest)
            case "-H":
                name, _, value = next(rest).partition(":")
                headers[name.lower()] = value.strip()
            case "-d" | "--data-urlencode" | "--data-binary":
                given = next(rest)
                if word == "--data-urlencode":
                    name, _, value = given.partition("=")
                    given = f"{name}={quote(value, safe='')}"
                body = f"{body}&{given}" if body else given
            case _:
                assert not word.startswith("-"), f"{word} is an option that this does not know"
                url = word
    if in_query:
        url, body = f"{url}?{body}", ""
    if body:
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
    return Curl(method or ("POST" if body else "GET"), url, {"accept": "*/*", **headers}, body)


def send(curl: Curl) -> Answer:
    """Send it to the local API."""
    parts = urlsplit(curl.url)
    body = curl.body.encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": curl.method,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "CONTENT_TYPE": curl.headers.get("content-type", ""),
        "wsgi.input": io.BytesIO(body),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in curl.headers.items()},
    }
    setup_testing_defaults(environ)
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Callable[[bytes], object]:
        started.append((status, headers))
        return io.BytesIO().write

    sent = b"".join(_APPLICATION(environ, start))
    ((status, headers),) = started
    return Answer(int(status.split()[0]), {name.lower(): value for name, value in headers}, sent)


def table(markdown: str, first: str) -> list[list[str]]:
    """The rows of the table whose first column is called `first`, without the backquotes."""
    lines = markdown.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("`", "").replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def paths(markdown: str) -> set[str]:
    """Everything that is said of files of this repository: targets of links and images, and paths in backquotes."""
    linked = re.findall(r"\]\(([^)#:]+)\)|<img src=\"([^\":]+)\"", markdown)
    named = re.findall(rf"(?<![\w/-])((?:{_FOLDERS})/[\w./-]*\w|\.?[\w-]+\.(?:yaml|toml|md))\b", markdown)
    return {path for pair in linked for path in pair if path} | set(named)
