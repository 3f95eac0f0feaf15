"""A certificate authority, and what it signs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.machine import command

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Authority"]

_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


class Authority:
    """A certificate authority of its own.

    Parameters
    ----------
    folder
        Where its files go.

    Attributes
    ----------
    certificate
        The file that a client has to trust.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._openssl = command("openssl", "apt-get install openssl, or brew install openssl")
        self.certificate = folder / "authority.pem"
        self._key = folder / "authority.key"
        signs = ("-addext", "keyUsage=critical,keyCertSign")
        self._run(
            "req", "-x509", *_KEY, "-keyout", self._key, "-out", self.certificate, "-subj", "/CN=Authority", *signs
        )

    def sign(self, name: str) -> tuple[Path, Path]:
        """A certificate for `name`, such as ``DNS:localhost`` or ``IP:127.0.0.1``, and its key."""
        stem = name.replace(":", "-")
        request, key, certificate, names = (self._folder / f"{stem}.{end}" for end in ("csr", "key", "pem", "ext"))
        names.write_text(f"subjectAltName={name}\nauthorityKeyIdentifier=keyid\n")
        self._run("req", *_KEY, "-keyout", key, "-out", request, "-subj", "/CN=Redis")
        signer = ("-CA", self.certificate, "-CAkey", self._key, "-CAcreateserial")
        self._run("x509", "-req", "-in", request, *signer, "-out", certificate, "-days", "2", "-extfile", names)
        return certificate, key

    def hashed(self, folder: Path) -> Path:
        """`folder` with the certificate under the hash of its name, where OpenSSL looks it up."""
        done = self._run("x509", "-in", self.certificate, "-noout", "-hash")
        (folder / f"{done.decode().strip()}.0").write_bytes(self.certificate.read_bytes())
        return folder

    def _run(self, *arguments: object) -> bytes:
        return subprocess.run([self._openssl, *map(str, arguments)], check=True, capture_output=True).stdout
