"""SHA-1 and SHA-256 of short texts, from the interpreter itself.

`hashlib` would load OpenSSL, which takes 7 ms of each cold start and hashes a request no faster. The standard library's
own `random` takes SHA-512 from the same place for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha1, sha256
else:
    try:
        from _sha1 import sha1

        try:
            from _sha2 import sha256
        except ImportError:  # CPython 3.11
            from _sha256 import sha256
    except ImportError:  # another interpreter
        from hashlib import sha1, sha256

__all__ = ["sha1", "sha256"]
