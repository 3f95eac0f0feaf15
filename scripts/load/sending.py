"""A process that sends requests and says what came of each.

The test's own process draws the progress and reads pictures back; here nothing happens but HTTP, so that what is
measured is the service and not the measuring.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import cycle, repeat
from multiprocessing.connection import Connection
from time import perf_counter

import aiohttp
import msgspec
from yarl import URL

from .workload import Phase

__all__ = ["Body", "Job", "Sample", "serve"]

_REPORT_EVERY = 0.25
"""Seconds between two reports."""


class Job(msgspec.Struct, frozen=True):
    """What a process is to send.

    Attributes
    ----------
    phase
        This process' part of it.
    concurrent
        Requests at a time, at most.
    tags
        For each code the `ETag` to send along; empty outside of a revalidation.
    decode
        Keep the body of each so-many-th answer; 0 for none.
    """

    phase: Phase
    concurrent: int
    tags: dict[int, str]
    decode: int


class Sample(msgspec.Struct, frozen=True, array_like=True):
    """One answer.

    Attributes
    ----------
    code
        Which code was asked for.
    at
        Seconds from the start of the phase to the moment the request was due, or sent in a closed loop.
    seconds
        From then to the last byte of the answer.
    status, source, tag
        The status, and the headers ``X-Cache`` and ``ETag``, empty where missing.
    size
        Bytes of the body.
    error
        What went wrong, or empty.
    """

    code: int
    at: float
    seconds: float
    status: int
    source: str
    tag: str
    size: int
    error: str


Body = tuple[int, str, str, bytes]
"""A code, the content type and content coding of its answer, and the bytes."""


def serve(line: Connection, url: str, paths: list[str], timeout: float) -> None:
    """Do each job that comes through `line` and send the samples and bodies back, until None comes."""
    asyncio.run(_serve_requests(line, url, paths, timeout))


async def _serve_requests(line: Connection, url: str, paths: list[str], timeout: float) -> None:
    # Nothing is decompressed or decoded on the way: the test's own process does, for the few that it reads back.
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        client = _Client(session, url, paths, timeout)
        while (job := await asyncio.to_thread(line.recv)) is not None:
            await client.work(job, line)
            line.send(None)


class _Client:
    """Sends, and remembers what each code's picture was the first time."""

    def __init__(self, session: aiohttp.ClientSession, url: str, paths: list[str], timeout: float) -> None:
        self._session = session
        # As they are: what is percent-encoded stays so, and is not looked at again with each request.
        self._urls = [URL(url + path, encoded=True) for path in paths]
        self._timeout = timeout
        self._digests: dict[tuple[int, str], bytes] = {}
        self._samples: list[Sample] = []
        self._bodies: list[Body] = []
        self._count = 0

    async def work(self, job: Job, line: Connection) -> None:
        """Send all of `job`, and report as it goes."""
        waiting = self._due(job)
        started = perf_counter()
        senders = [asyncio.create_task(self._sender(job, waiting, started)) for _ in range(job.concurrent)]
        reporting = asyncio.create_task(self._report(line))
        await asyncio.gather(*senders)
        reporting.cancel()
        self._flush(line)

    def _due(self, job: Job) -> Iterator[tuple[int, float | None]]:
        codes = cycle(job.phase.codes) if job.phase.repeated else job.phase.codes
        yield from zip(codes, job.phase.at or repeat(None), strict=False)

    async def _sender(self, job: Job, waiting: Iterator[tuple[int, float | None]], started: float) -> None:
        """One connection's worth of requests, one after the other."""
        for code, at in waiting:
            now = perf_counter() - started
            if at is not None and at > now:
                await asyncio.sleep(at - now)
            elif at is None and job.phase.seconds is not None and now >= job.phase.seconds:
                return
            # A request that had to wait for a free connection was due all the same, and its latency counts from there.
            await self._send(job, code, now if at is None else at, started)

    async def _send(self, job: Job, code: int, at: float, started: float) -> None:
        headers = {"Accept-Encoding": "gzip"}
        if code in job.tags:
            headers["If-None-Match"] = job.tags[code]
        status, source, tag, error, body = 0, "", "", "", b""
        # In an open loop patience, like latency, begins when the request was due, not when there was a connection.
        left = self._timeout - (perf_counter() - started - at)
        if left <= 0:
            self._samples.append(Sample(code, at, self._timeout, 0, "", "", 0, "no free connection in time"))
            return
        patience = aiohttp.ClientTimeout(total=left)
        try:
            async with self._session.get(self._urls[code], headers=headers, timeout=patience) as response:
                body = await response.read()
                status = response.status
                answer_headers = response.headers
                source, tag = answer_headers.get("X-Cache", ""), answer_headers.get("ETag", "")
                if status == 200:
                    error = self._checked(job, code, answer_headers, body)
                elif status != 304 or not job.tags:
                    error = f"status {status}"
        except TimeoutError:
            error = "no answer in time"
        except aiohttp.ClientError as failure:
            error = type(failure).__name__
        seconds = perf_counter() - started - at
        self._samples.append(Sample(code, at, seconds, status, source, tag, len(body), error))

    def _checked(self, job: Job, code: int, headers: Mapping[str, str], body: bytes) -> str:
        """Return what is wrong with a picture, seen against the first one of the same code; or nothing."""
        coding = headers.get("Content-Encoding", "")
        digest = blake2b(body, digest_size=16).digest()
        if self._digests.setdefault((code, coding), digest) != digest:
            return "other bytes than before"
        self._count += 1
        if job.decode and self._count % job.decode == 0:
            self._bodies.append((code, headers.get("Content-Type", ""), coding, body))
        return ""

    async def _report(self, line: Connection) -> None:
        while True:
            await asyncio.sleep(_REPORT_EVERY)
            self._flush(line)

    def _flush(self, line: Connection) -> None:
        line.send((self._samples, self._bodies))
        self._samples, self._bodies = [], []
