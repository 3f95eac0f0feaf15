"""A decoder in a process of its own, which lives for the whole run: paths of pictures go in, texts come out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeAlias

__all__ = ["Answers", "DecoderProcess"]

Answers: TypeAlias = tuple[str, ...]
"""The texts that a decoder reads from one picture."""


class DecoderProcess:
    """A process that answers each line with a path by a line with a JSON array of texts.

    The first line that it writes is its version. A picture on which it dies has no texts; it is started again for the
    next one.

    Raises
    ------
    OSError
        The program cannot be started, or does not tell its version; the message is the last line of what it says.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command, self._environment = list(command), dict(environment)
        # A file, since a pipe that nobody reads stops a program that complains of every picture.
        self._complaints = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.deaths = 0
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            encoding="utf-8",
            env=self._environment,
        )
        assert self._process.stdout is not None
        self.version = self._process.stdout.readline().strip()
        if not self.version:
            self._complaints.seek(0)
            complaint = self._complaints.read().strip() or "it does not start"
            self.close()
            raise OSError(complaint.splitlines()[-1])

    def read(self, picture: Path) -> Answers:
        """Return the texts in a picture, a grey PGM."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{picture}\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self._end()
            self.deaths += 1
            self._start()
            return ()
        return tuple(json.loads(line))

    def close(self) -> None:
        """End the process."""
        self._end()
        self._complaints.close()

    def _end(self) -> None:
        self._process.terminate()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait()
