"""What entries are called, and that a signature belongs to one key, one content and one name."""

from __future__ import annotations

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.cache.entry import HEAD, SIGNATURE, Entry, compress_entry, pack, request_in, unpack
from qr_engine.cache.entry_format import EntryFormat, Signer
from qr_engine.config import Settings

KEY, OTHER_KEY = "ab" * 32, "cd" * 32
FIRST, SECOND, THIRD = ("first" * 8, "second" * 8, "third" * 8)
ENTRY = compress_entry(1_700_000_000, b"metadata", b"request", b"picture " * 40, text=True)


def form(key: str | None = None, previous: str | None = None, layout: bytes = b"") -> EntryFormat:
    return EntryFormat(Settings(redis_entry_key=key, redis_entry_key_previous=previous), layout)


def test_a_signed_entry_is_read_by_whoever_has_the_key() -> None:
    assert form(FIRST).unpack(KEY, form(FIRST).pack(KEY, ENTRY)) == ENTRY


def test_the_signature_is_keyed_blake2b_over_cache_key_and_content() -> None:
    value = form(FIRST).pack(KEY, ENTRY)
    key = blake2b(FIRST.encode(), digest_size=32).digest()
    content = value[4 + SIGNATURE :]
    assert value[:4] == b"QRE\x03"
    assert value[4 : 4 + SIGNATURE] == blake2b(KEY.encode() + content, key=key, digest_size=16).digest()
    assert content == pack(ENTRY)[8:]


@pytest.mark.parametrize(
    "value",
    [
        pack(ENTRY),
        form(SECOND).pack(KEY, ENTRY),
        form(FIRST).pack(OTHER_KEY, ENTRY),
        b"QRE\x03" + pack(ENTRY)[4:],
        b"QRE\x03" + bytes(SIGNATURE) + pack(ENTRY)[8:],
        b"QRE\x02" + form(FIRST).pack(KEY, ENTRY)[4:],
        form(FIRST).pack(KEY, ENTRY)[:30],
    ],
    ids=["unsigned", "another key", "of another name", "checksum", "no signature", "another version", "cut off"],
)
def test_with_a_key_nothing_else_is_an_entry(value: bytes) -> None:
    assert form(FIRST).unpack(KEY, value) is None


@given(st.integers(0, len(form(FIRST).pack(KEY, ENTRY)) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(index: int, change: int) -> None:
    value = bytearray(form(FIRST).pack(KEY, ENTRY))
    value[index] ^= change
    assert form(FIRST).unpack(KEY, bytes(value)) is None


def test_the_entries_of_the_key_before_count_and_new_ones_have_the_new_key() -> None:
    rotating = form(SECOND, FIRST)
    assert rotating.unpack(KEY, form(FIRST).pack(KEY, ENTRY)) == ENTRY
    assert rotating.unpack(KEY, form(THIRD).pack(KEY, ENTRY)) is None
    assert form(SECOND).unpack(KEY, rotating.pack(KEY, ENTRY)) == ENTRY


def test_every_layout_and_every_key_has_a_name_of_its_own() -> None:
    formats = [form(), form(layout=b"other"), form(FIRST), form(SECOND), form(FIRST, layout=b"other")]
    assert len({each.identity for each in formats}) == 5
    assert all(each.previous_identity is None for each in formats)
    assert all(len(each.identity) == 9 for each in formats)
    assert form(SECOND, FIRST).previous_identity == form(FIRST).identity
    assert form(SECOND, FIRST).identity == form(SECOND).identity


def test_the_name_says_nothing_of_the_signature() -> None:
    signer = Signer(FIRST)
    assert not signer.sign("", b"").hex().startswith(signer.identify(b""))


def test_without_a_key_a_checksum_protects_from_accidents() -> None:
    assert form().unpack(KEY, form().pack(KEY, ENTRY)) == ENTRY == unpack(pack(ENTRY))
    assert form().unpack(KEY, form(FIRST).pack(KEY, ENTRY)) is None


def test_a_clear_reads_the_request_of_either() -> None:
    signed = form(FIRST).pack(KEY, ENTRY)
    assert request_in(signed) == request_in(pack(ENTRY)) == (ENTRY.created, ENTRY.request)
    assert request_in(signed[: HEAD + 5]) is None


def test_an_entry_that_fits_does_so_with_its_signature() -> None:
    entry = Entry(0, b"", b"", b"x", gzipped=False, length=1)
    assert len(form(FIRST).pack(KEY, entry)) <= entry.size + SIGNATURE
