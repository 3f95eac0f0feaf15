"""Assets as files in a folder: where there is no S3, such as in a container."""

from __future__ import annotations

import errno
import os
import stat
from typing import Final

from .faults import Absent, TooLarge, Unreachable

__all__ = ["Folder"]

_ABSENT: Final = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO}
)

# A pipe must not keep the service waiting, and a file must not have been replaced by a link.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)

_MOST_NAMES: Final = 1000


class Folder:
    """A folder whose files are assets, named by their relative paths; links may only lead to files within the folder.

    Parameters
    ----------
    path
        The folder's path; it may itself be a link, and lead elsewhere later.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def fetch(self, key: str, version: str | None, most: int) -> tuple[bytes, str]:
        """Read a file and its version; see `Source.fetch`."""
        path = _resolve(self._folder(), key)
        try:
            with open(os.open(path, _FLAGS), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise Absent("not a file")
                found = f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"
                if found == version:
                    return b"", found
                if status.st_size > most:
                    raise TooLarge
                body = file.read(most + 1)
        except OSError as error:
            if error.errno in _ABSENT:
                raise Absent(errno.errorcode[error.errno]) from None
            raise Unreachable(f"The asset cannot be read: {error.strerror}.") from error
        if len(body) > most:
            raise TooLarge
        return body, found

    def list_names(self, folder: str) -> list[str]:
        """List the names of the files in `folder`; see `Source.list_names`."""
        within = os.path.join(self._folder(), folder)
        try:
            with os.scandir(within) as found:
                return sorted(each.name for each in found if each.is_file())[:_MOST_NAMES]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Unreachable(f"The folder {folder} cannot be read: {error.strerror}.") from error

    def _folder(self) -> str:
        folder = os.path.realpath(self.path)
        if not os.path.isdir(folder):
            raise Unreachable("ASSETS_DIR is not a readable folder.")
        return folder


def _resolve(folder: str, key: str) -> str:
    """Resolve a key to the path of its file, following links.

    Raises
    ------
    Absent
        The file is not in the folder, or the key is not one that an object in a bucket could have.
    """
    if "\0" in key or "\\" in key or any(part in {"", ".", ".."} for part in key.split("/")):
        raise Absent("no key")
    path = os.path.realpath(os.path.join(folder, key))
    if os.path.commonpath([folder, path]) != folder:
        raise Absent("a link out of the folder")
    return path
