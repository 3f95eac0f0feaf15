"""`docs/cache.md` against the code: every bound, every name, every field of an entry."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from typing import get_args

from tests.documents import ROOT, table

from qr_engine.api.routes import cache
from qr_engine.cache import compress_entry, entry, entry_format, keys, operations, refusals, script_args, stats
from qr_engine.cache.entry import HEAD, pack
from qr_engine.config import Settings
from qr_engine.logo import assets, logo_cache
from qr_engine.pipeline import batch, drawing_time, warm, warm_list
from qr_engine.pipeline.engine import Source
from qr_engine.pipeline.metadata import FINGERPRINT
from qr_engine.redis_client import breaker, reply_reader

TEXT = (ROOT / "docs" / "cache.md").read_text(encoding="utf-8")
UNITS = {"": 1, "bytes": 1, "ms": 0.001, "s": 1, "days": 24 * 3600, "MiB": 1024 * 1024}


def number(said: str) -> float:
    figure, _, unit = said.partition(" ")
    return float(figure) * UNITS[unit]


def test_every_bound_is_the_one_of_the_code() -> None:
    assert warm.WARM_RESERVE_MS == cache.CLEAR_RESERVE_MS
    assert {what: number(bound) for what, bound in table(TEXT, "what is bounded")} == {
        "an entry in Redis; a larger one stays in memory": entry.ENTRY_LIMIT,
        "its picture, decoded": entry.PICTURE_LIMIT,
        "one reply of Redis": reply_reader.MAX_BYTES,
        "time until a batch stores drawn pictures": batch.STORED_AFTER,
        "size at which a batch stores drawn pictures": batch.STORED_BYTES,
        "a lease, and waiting for one": operations.LEASE_MS / 1000,
        "a lease, and waiting for one, for a code that is quick to draw": drawing_time.LEAST_MS / 1000,
        "the breaker's first pause": breaker.FIRST_PAUSE,
        "the breaker's longest pause": breaker.LONGEST_PAUSE,
        "popular keys for each hash tag": script_args.POPULAR_PER_TAG,
        "a canonical request that popularity remembers": entry.REMEMBERED_REQUEST,
        "counters and popularity": script_args.STATISTICS_TTL,
        "the list of a warming": warm_list.MAX_BYTES,
        "outcomes in the answer of a warming": warm.MAX_RESULTS,
        "time reserved at the end of a clear or a warming": cache.CLEAR_RESERVE_MS / 1000,
        "logos that an environment remembers": logo_cache.HELD_BYTES,
        "assets that an environment remembers": assets.HELD_BYTES,
        "use of an asset before asking S3 again": assets.FRESH_SECONDS,
        "how long a refusal is remembered": refusals.REFUSAL_SECONDS,
        "refusals that an environment remembers": refusals.MAX_REFUSALS,
        "counting the entries one by one": stats.SCAN_SECONDS,
    }


def test_every_value_of_x_cache_is_explained() -> None:
    assert [row[0] for row in table(TEXT, "`X-Cache`")] == list(get_args(Source))


def test_every_key_is_the_one_of_the_code() -> None:
    prefix, key = Settings().redis_prefix, "b9" + sha256().hexdigest()[2:]
    identity = entry_format.EntryFormat(Settings(), FINGERPRINT).identity
    written = [name(prefix, identity, key).replace(identity, "…") for name in (keys.entry, keys.lease)]
    written += [name(prefix, "b9") for name in (keys.counters, keys.popular, keys.requests)]
    written.append(keys.warm(prefix))
    assert [row[0] for row in table(TEXT, "key")] == [name.replace(key[2:], "…") for name in written]


def test_an_entry_is_laid_out_as_the_table_says() -> None:
    wire = pack(compress_entry(1_700_000_000, b"metadata", b"request", b"picture " * 40, text=True))
    rows = [(int(offset), int(size or 0)) for offset, size, _ in table(TEXT, "offset")]
    assert all(offset + size == following for (offset, size), (following, _) in pairwise(rows))
    assert rows[-1] == (HEAD, 0)
    fields = {offset: int.from_bytes(wire[offset : offset + size], "big") for offset, size in rows[1:-1]}
    del fields[4]
    assert wire.startswith(b"QRE")
    assert fields == {3: 2, 8: 1_700_000_000, 12: 320, 16: 1, 17: len("metadata"), 19: len("request")}
    assert wire[HEAD:].startswith(b"metadatarequest\x1f\x8b")
