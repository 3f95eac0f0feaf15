from __future__ import annotations

import hashlib
import hmac

import pytest

from qr_engine import hashes


@pytest.mark.parametrize("content", [b"", b"abc", bytes(range(256)) * 40])
def test_digests_are_those_of_hashlib(content: bytes):
    assert hashes.sha256(content).hexdigest() == hashlib.sha256(content).hexdigest()
    assert hashes.sha1(content).hexdigest() == hashlib.sha1(content).hexdigest()


@pytest.mark.parametrize("length", [0, 1, 20, 63, 64, 65, 131])
def test_signatures_are_those_of_hmac(length: int):
    key = bytes(range(length))
    for message in (b"", b"20260203", bytes(range(256)) * 3):
        assert hashes.hmac_sha256(key, message) == hmac.digest(key, message, "sha256")


# RFC 4231, 4.2 to 4.8: key, data, and HMAC-SHA-256, of which the fifth is truncated.
RFC_4231 = (
    (
        "0b" * 20,
        "4869205468657265",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    ),
    (
        "4a656665",
        "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    ("aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (
        "0102030405060708090a0b0c0d0e0f10111213141516171819",
        "cd" * 50,
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ),
    ("0c" * 20, "546573742057697468205472756e636174696f6e", "a3b6167473100ee06e0c796c2955552b"),
    (
        "aa" * 131,
        "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        "aa" * 131,
        "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e6420"
        "61206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f2062652068617368"
        "6564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
)


@pytest.mark.parametrize(("key", "data", "digest"), RFC_4231)
def test_signatures_are_those_of_rfc_4231(key: str, data: str, digest: str):
    mac = hashes.HmacSha256(bytes.fromhex(key))
    # One key signs many messages.
    for _ in range(2):
        assert mac.digest(bytes.fromhex(data)).hex().startswith(digest)
