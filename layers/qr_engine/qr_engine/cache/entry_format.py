"""How entries are named in Redis, and protected there by a checksum or a signature."""

from __future__ import annotations

from zlib import crc32

from ..config import Settings
from ..hashes import blake2b, compare_digest
from .entry import SIGNATURE, SIGNED_VERSION, UNSIGNED_VERSION, Entry, pack, unpack

__all__ = ["EntryFormat", "Signer"]


class Signer:
    """Signs entries with a secret: BLAKE2b with a key (RFC 7693) over the cache key and all that follows the signature.

    An entry that is copied to another entry's name fails the check there.
    """

    def __init__(self, secret: str) -> None:
        # A BLAKE2b key has at most 64 bytes; a secret may be longer.
        self._key = blake2b(secret.encode(), digest_size=32).digest()
        self._state = blake2b(key=self._key, digest_size=SIGNATURE)

    def sign(self, key: str, content: bytes | memoryview) -> bytes:
        """Return the signature of `content`, stored under the cache key `key`."""
        state = self._state.copy()
        state.update(key.encode())
        state.update(content)
        return state.digest()

    def is_signed(self, key: str, signature: bytes, content: bytes | memoryview) -> bool:
        """Return whether `signature` is that of `content` under `key`, compared in constant time."""
        return compare_digest(self.sign(key, content), signature)

    def identify(self, layout: bytes) -> str:
        """Return eight hex digits for this secret and this layout of metadata, which reveal nothing of the secret."""
        return blake2b(layout, key=self._key, digest_size=4, person=b"entry name").hexdigest()


class EntryFormat:
    """The form of the entries of an environment.

    Parameters
    ----------
    settings
        Includes the key that signs and the previous one, if there are any.
    metadata_layout
        Identifies the fields of the metadata.

    Attributes
    ----------
    identity, previous_identity
        A part of the names of entries, for the current and for the previous key: the version of the layout, and eight
        hex digits for the key and the metadata. Two releases, or two keys, never write to the same name.
    """

    def __init__(self, settings: Settings, metadata_layout: bytes = b"") -> None:
        secrets = [secret for secret in (settings.redis_entry_key, settings.redis_entry_key_previous) if secret]
        self._signers = [Signer(secret) for secret in secrets]
        identities = [f"{SIGNED_VERSION}{signer.identify(metadata_layout)}" for signer in self._signers]
        self.identity = identities[0] if identities else f"{UNSIGNED_VERSION}{crc32(metadata_layout):08x}"
        self.previous_identity = identities[1] if len(identities) > 1 else None

    def pack(self, key: str, entry: Entry) -> bytes:
        """Return `entry` packed for the cache key `key`, signed with the current key if there is one."""
        if not self._signers:
            return pack(entry)
        signer = self._signers[0]
        return pack(entry, sign=lambda content: signer.sign(key, content))

    def unpack(self, key: str, value: bytes, *, is_checked: bool = False) -> Entry | None:
        """Return the entry in `value` for the cache key `key`; None if it is no entry or lacks a valid signature.

        Parameters
        ----------
        is_checked
            Whether these bytes have been accepted for this key before.
        """
        if not self._signers:
            return unpack(value, is_checked=is_checked)
        if is_checked:
            return unpack(value, is_signed=lambda _signature, _content: True)
        return unpack(
            value,
            is_signed=lambda signature, content: any(
                signer.is_signed(key, signature, content) for signer in self._signers
            ),
        )
