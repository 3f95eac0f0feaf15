"""What entries are called in Redis and how they are protected there: by a checksum, or by a signature."""

from __future__ import annotations

from zlib import crc32

from ..config import Settings
from ..hashes import blake2b, compare_digest
from .entry import SIGNATURE, SIGNED_VERSION, UNSIGNED_VERSION, Entry, pack, unpack

__all__ = ["EntryFormat", "Signer"]


class Signer:
    """Signs entries with a secret: BLAKE2b with a key (RFC 7693) over the cache key and all that follows the signature.

    An entry that is copied to the name of another does not have the signature that belongs there.
    """

    def __init__(self, secret: str) -> None:
        # The key of BLAKE2b has 64 bytes at most; a secret may have more.
        self._key = blake2b(secret.encode(), digest_size=32).digest()
        self._state = blake2b(key=self._key, digest_size=SIGNATURE)

    def sign(self, key: str, content: bytes | memoryview) -> bytes:
        """Return the signature of what an entry has under the cache key `key`."""
        state = self._state.copy()
        state.update(key.encode())
        state.update(content)
        return state.digest()

    def is_signed(self, key: str, signature: bytes, content: bytes | memoryview) -> bool:
        """Tell whether `signature` is that of `content` under `key`, in a time that says nothing of it."""
        return compare_digest(self.sign(key, content), signature)

    def identify(self, layout: bytes) -> str:
        """Return eight hex digits for this key and this layout of metadata, which say nothing of the key."""
        return blake2b(layout, key=self._key, digest_size=4, person=b"entry name").hexdigest()


class EntryFormat:
    """The form of the entries of an environment.

    Parameters
    ----------
    settings
        With the key that signs, and the one before it, if there are any.
    metadata_layout
        Stands for the fields of the metadata.

    Attributes
    ----------
    identity, previous_identity
        What the names of entries say: the version of the layout, and eight hex digits for the key and the metadata; and
        the same for the key before. Two releases, or two keys, never write to the same name.
    """

    def __init__(self, settings: Settings, metadata_layout: bytes = b"") -> None:
        secrets = [secret for secret in (settings.redis_entry_key, settings.redis_entry_key_previous) if secret]
        self._signers = [Signer(secret) for secret in secrets]
        identities = [f"{SIGNED_VERSION}{signer.identify(metadata_layout)}" for signer in self._signers]
        self.identity = identities[0] if identities else f"{UNSIGNED_VERSION}{crc32(metadata_layout):08x}"
        self.previous_identity = identities[1] if len(identities) > 1 else None

    def pack(self, key: str, entry: Entry) -> bytes:
        """Return the wire form of `entry` under the cache key `key`, signed with the first key if there is one."""
        if not self._signers:
            return pack(entry)
        signer = self._signers[0]
        return pack(entry, sign=lambda content: signer.sign(key, content))

    def unpack(self, key: str, value: bytes, *, is_checked: bool = False) -> Entry | None:
        """Return the entry that `value` holds for the cache key `key`; None where it is none, or nobody signed it.

        Parameters
        ----------
        is_checked
            Whether the same bytes have been an entry of this key before.
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
