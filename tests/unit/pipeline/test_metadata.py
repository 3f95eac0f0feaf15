from __future__ import annotations

import msgspec
import pytest

from qr_engine.pipeline.generate import draw_picture
from qr_engine.pipeline.metadata import FINGERPRINT, Metadata, changes_in, is_readable, pack_metadata, unpack_metadata
from qr_engine.request import parse
from qr_engine.scan import ScanReport


def metadata(*changes: str) -> Metadata:
    drawn = draw_picture(parse({"data": "metadata"})[1])[1]
    return msgspec.structs.replace(drawn, scan=msgspec.structs.replace(drawn.scan, changes=changes))


@pytest.mark.parametrize("changes", [(), ("One.",), ("One.", "Another.")])
def test_changes_are_found_in_packed_metadata(changes: tuple[str, ...]) -> None:
    assert tuple(changes_in(pack_metadata(metadata(*changes)))) == changes


def test_packed_metadata_of_a_picture_without_changes_are_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack_metadata(metadata())
    monkeypatch.setattr("qr_engine.pipeline.metadata.unpack_metadata", lambda _: pytest.fail("decoded"))
    assert changes_in(packed) == ()


def test_changes_come_last_where_they_are_looked_for() -> None:
    assert ScanReport.__struct_fields__[-1] == "changes"


def test_packed_metadata_are_unpacked_as_they_were() -> None:
    packed = pack_metadata(metadata("One."))
    assert is_readable(packed)
    assert unpack_metadata(packed)["scan"]["changes"] == ["One."]
    assert not is_readable(bytes(len(FINGERPRINT)) + packed[len(FINGERPRINT) :])
