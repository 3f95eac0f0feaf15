"""SIGNING_KEY=... python sign.py GET 'https://qr.example.com/api/qr/generate?data=hello' [file of the body]."""

import base64
import hashlib
import hmac
import os
import re
import sys
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit


def sign(method: str, url: str, key: bytes, body: bytes = b"") -> str:
    """Return the address with its signature."""
    _, _, path, query, _ = urlsplit(url)
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    pairs = [(name, value) for name, value in pairs if not re.fullmatch("utm_.*|_|cb|v|t|sig", name)]
    encoded = [[quote(each, safe="", errors="surrogateescape") for each in pair] for pair in pairs]
    parameters = "&".join(f"{name}={value}" for name, value in sorted(encoded, key=lambda pair: pair[0]))
    lines = ["GET" if method == "HEAD" else method, path, parameters]
    lines += [hashlib.sha256(body).hexdigest()] if body else []
    mac = hmac.digest(key, "\n".join(lines).encode(), "sha256")
    signature = base64.urlsafe_b64encode(mac).decode().rstrip("=")
    return f"{url}{'&' if query else '?'}sig={signature}"


if __name__ == "__main__":
    method, url, *file = sys.argv[1:]
    print(sign(method, url, os.environb[b"SIGNING_KEY"], Path(file[0]).read_bytes() if file else b""))
