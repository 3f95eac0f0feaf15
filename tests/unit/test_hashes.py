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
