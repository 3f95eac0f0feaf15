from __future__ import annotations

import hashlib

import pytest

from qr_engine import digest


@pytest.mark.parametrize("content", [b"", b"abc", bytes(range(256)) * 40])
def test_digests_are_those_of_hashlib(content: bytes):
    assert digest.sha256(content).hexdigest() == hashlib.sha256(content).hexdigest()
    assert digest.sha1(content).hexdigest() == hashlib.sha1(content).hexdigest()
