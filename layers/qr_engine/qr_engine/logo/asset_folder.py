"""Assets as files in a folder: where there is no S3, such as in a container."""

from __future__ import annotations

import errno
import os
import stat
from typing import Final

from .asset_faults import refuse_large, unavailable, unreadable
from .model import MAX_BYTES

__all__ = ["Folder"]

_ABSENT: Final = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO}
)

# A pipe must not keep the service waiting, and what was a file must not have become a link.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Folder:
    """A folder whose files are assets, each under its path from there; links lead only to what lies in it too.

    Parameters
    ----------
    path
        Where it is; it may itself be a link, and lead elsewhere later.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def fetch(self, key: str, version: str | None) -> tuple[bytes, str]:
        """Read a file and its version; no bytes if it still has the one that is known."""
        folder = os.path.realpath(self.path)
        if not os.path.isdir(folder):
            raise unavailable("ASSETS_DIR is no folder that can be read.")
        path = _resolve(folder, key)
        try:
            with open(os.open(path, _FLAGS), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise unreadable("not a file")
                found = f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"
                if found == version:
                    return b"", found
                if status.st_size > MAX_BYTES:
                    refuse_large()
                body = file.read(MAX_BYTES + 1)
        except OSError as error:
            if error.errno in _ABSENT:
                raise unreadable(errno.errorcode[error.errno]) from None
            raise unavailable(f"The asset cannot be read: {error.strerror}.") from error
        if len(body) > MAX_BYTES:
            refuse_large()
        return body, found


def _resolve(folder: str, key: str) -> str:
    """Resolve a key to the path of what it names, by whatever links.

    Raises
    ------
    AssetNotFound
        It does not lie in the folder, or the key is none that an object of a bucket could be asked for by.
    """
    if "\0" in key or "\\" in key or any(part in {"", ".", ".."} for part in key.split("/")):
        raise unreadable("no key")
    path = os.path.realpath(os.path.join(folder, key))
    if os.path.commonpath([folder, path]) != folder:
        raise unreadable("a link out of the folder")
    return path
