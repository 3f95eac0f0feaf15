"""Exit with 0 if the server of this container is alive, else with 1, for Docker's health check."""

from __future__ import annotations

import http.client
import os
import sys

__all__ = ["main"]


def main() -> int:
    """Ask the server whether it is alive."""
    host = os.environ.get("HOST") or "127.0.0.1"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "localhost": "127.0.0.1"}.get(host, host.strip("[]"))
    connection = http.client.HTTPConnection(host, int(os.environ.get("PORT") or 3000), timeout=4)
    try:
        connection.request("GET", "/healthz")
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
