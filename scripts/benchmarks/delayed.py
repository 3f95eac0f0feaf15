"""A port that passes everything on to another one later, as a network would; runs in a process of its own.

Takes the port to listen on, the port of 127.0.0.1 that it stands in front of, and the seconds of a round trip.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio import StreamReader, StreamWriter

__all__: list[str] = []


async def _serve(port: int, behind: int, seconds: float) -> None:
    async def connected(reader: StreamReader, writer: StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", behind)
        await asyncio.gather(_pass_on(reader, far_writer, seconds / 2), _pass_on(far_reader, writer, seconds / 2))

    async with await asyncio.start_server(connected, "127.0.0.1", port) as server:
        await server.serve_forever()


async def _pass_on(reader: StreamReader, writer: StreamWriter, seconds: float) -> None:
    """Pass bytes on so many seconds after they came; none of them waits for those before it."""
    loop = asyncio.get_running_loop()
    while data := await reader.read(1 << 20):
        loop.call_later(seconds, writer.write, data)
    loop.call_later(seconds, writer.close)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
