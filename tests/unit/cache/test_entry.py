from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qr_engine.cache.entry import Entry, pack, unpack

ENTRY = Entry(created=1_800_000_000, metadata=b"meta", request=b'["text"]', body=b"<svg/>")

entries = st.builds(
    Entry,
    created=st.integers(0, 2**32 - 1),
    metadata=st.binary(max_size=300),
    request=st.binary(max_size=300),
    body=st.binary(max_size=3000),
)


@given(entries)
def test_what_is_packed_is_unpacked(entry: Entry):
    assert unpack(pack(entry)) == entry


@given(entries)
def test_the_size_is_that_of_the_wire_form(entry: Entry):
    assert entry.size == len(pack(entry))


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


@given(st.binary(max_size=200))
def test_a_foreign_value_is_none(value: bytes):
    assert unpack(value) is None


def test_another_version_of_the_layout_is_none():
    assert unpack(pack(ENTRY).replace(b"QRE\x01", b"QRE\x02", 1)) is None
