from __future__ import annotations

import gzip
import struct
from hashlib import sha256
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.cache.entry import HEAD, Entry, compress_entry, pack, request_in, unpack

ENTRY = Entry(created=1_800_000_000, metadata=b"meta", request=b"request", body=b"<svg/>", gzipped=False, length=6)

entries = st.builds(
    compress_entry,
    st.integers(0, 2**32 - 1),
    st.binary(max_size=300),
    st.binary(max_size=300),
    st.binary(max_size=3000) | st.text("ab<>", max_size=3000).map(str.encode),
    text=st.booleans(),
)


@given(entries)
def test_what_is_packed_is_unpacked(entry: Entry):
    assert unpack(pack(entry)) == entry


@given(entries)
def test_the_size_is_that_of_the_wire_form(entry: Entry):
    assert entry.size == len(pack(entry))


@given(st.binary(max_size=3000) | st.text("ab<>", max_size=3000).map(str.encode), st.booleans())
def test_the_picture_comes_back_as_it_was(body: bytes, text: bool):
    entry = compress_entry(0, b"", b"", body, text=text)
    assert entry.picture() == body
    assert entry.length == len(body)
    assert len(entry.body) <= len(body)


def test_a_text_that_gains_by_it_is_kept_as_a_gzip_member_without_a_time():
    body = b"<svg>" + b"h7v1h-7z" * 200 + b"</svg>"
    first, second = (compress_entry(created, b"", b"", body, text=True) for created in (1, 2))
    assert first.gzipped
    assert gzip.decompress(first.body) == body
    assert first.body == second.body


# Digests do not compress; the second of the long ones loses some 5 % by the zeros in it.
SCRAMBLED = b"".join(sha256(bytes([number])).digest() for number in range(60))


@pytest.mark.parametrize(
    ("body", "text"),
    [(b"<svg/>", True), (b"a" * 1000, False), (SCRAMBLED, True), (SCRAMBLED + bytes(130), True)],
)
def test_what_gains_nothing_or_is_no_text_is_kept_as_it_is(body: bytes, text: bool):
    assert not compress_entry(0, b"", b"", body, text=text).gzipped


@given(st.integers(0, len(pack(ENTRY)) - 1))
def test_a_truncated_entry_is_none(length: int):
    assert unpack(pack(ENTRY)[:length]) is None


@given(st.binary(min_size=1, max_size=40))
def test_an_entry_with_more_behind_it_is_none(surplus: bytes):
    assert unpack(pack(ENTRY) + surplus) is None


@given(st.integers(0, len(pack(ENTRY)) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(position: int, difference: int):
    value = bytearray(pack(ENTRY))
    value[position] ^= difference
    assert unpack(bytes(value)) is None


@pytest.mark.parametrize(
    ("length", "coding", "metadata_length", "request_length"),
    [(5, 0, 4, 7), (6, 2, 4, 7), (6, 0, 5, 7), (6, 1, 4, 14), (6, 1, 18, 0)],
)
def test_lengths_and_codings_that_do_not_fit_are_none_though_the_checksum_does(
    length: int, coding: int, metadata_length: int, request_length: int
):
    rest = struct.pack(">IIBHH", 0, length, coding, metadata_length, request_length) + b"meta" + b"request" + b"<svg/>"
    assert unpack(b"QRE\x02" + crc32(rest).to_bytes(4, "big") + rest) is None


@pytest.mark.parametrize(
    "entry", [compress_entry(0, b"", b"", b"", text=False), compress_entry(0, b"", b"", b"a" * 99, text=True)]
)
def test_the_smallest_entries_of_both_codings_are_entries(entry: Entry):
    assert unpack(pack(entry)) == entry


@given(st.binary(max_size=200))
def test_a_foreign_value_is_none(value: bytes):
    assert unpack(value) is None


def test_another_version_of_the_layout_is_none():
    assert unpack(pack(ENTRY).replace(b"QRE\x02", b"QRE\x01", 1)) is None


def test_the_head_tells_what_the_entry_answers_without_its_picture():
    head = pack(ENTRY)[: HEAD + len(ENTRY.metadata) + len(ENTRY.request)]
    assert request_in(head) == (ENTRY.created, ENTRY.request)


@pytest.mark.parametrize(
    "head", [b"", b"QRE", b"QRE\x02", b"QRE\x01" + pack(ENTRY)[4:], pack(ENTRY)[: HEAD + 5], b"x" * 100]
)
def test_a_head_that_does_not_reach_or_is_none_tells_nothing(head: bytes):
    assert request_in(head) is None
