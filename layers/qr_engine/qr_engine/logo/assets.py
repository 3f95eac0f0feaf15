"""Logos that are named: objects in the bucket of the deployment, read within bounds and asked for again in a while."""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NoReturn

import msgspec

from ..config import settings
from ..errors import AssetNotFound, AssetUnavailable, InvalidRequest, Issue
from ..observability import logger
from .model import MAX_BYTES

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

__all__ = ["FRESH_SECONDS", "HELD_BYTES", "PATH", "Assets", "asset"]

PATH: Final = "logo.asset"
"""The field that every fault of an asset is laid to."""

FRESH_SECONDS: Final = 60
"""How long an execution environment takes an asset to be what it was; then it asks S3 whether it has changed."""

HELD_BYTES: Final = 8 * 1024 * 1024
"""Bytes of the assets that it remembers."""

# Without the right to list a bucket, S3 answers for an object that is not there as for one that may not be read.
_ABSENT: Final = frozenset({"NoSuchKey", "404", "AccessDenied", "403", "InvalidObjectState"})
_UNCHANGED: Final = frozenset({"304", "NotModified"})


def asset(key: str) -> bytes:
    """Give the bytes of an asset, as they are now or were within the last minute.

    Raises
    ------
    InvalidRequest
        There is no bucket for assets, or the object has more than 2 MiB.
    AssetNotFound
        There is no such object, or it may not be read.
    AssetUnavailable
        S3 does not answer.
    """
    bucket = settings().assets_bucket
    if bucket is None:
        _refuse("This deployment has no bucket for assets; send the picture along as logo.data.")
    return _of(bucket).read(key)


class _Held(msgspec.Struct):
    body: bytes
    etag: str
    checked: float


class Assets:
    """The objects of one bucket that were read last.

    Parameters
    ----------
    bucket
        Its name.
    """

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket
        self.bytes = 0
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._client: Any = None

    def read(self, key: str) -> bytes:
        """Give the bytes of an object; see `asset`."""
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
            if monotonic() - held.checked < FRESH_SECONDS:
                return held.body
        fresh = self._asked(key, held)
        if fresh is not held:
            self._keep(key, fresh)
        return fresh.body

    def _keep(self, key: str, fresh: _Held) -> None:
        self._drop(key)
        self._held[key] = fresh
        self.bytes += len(fresh.body)
        while self.bytes > HELD_BYTES:
            self._drop(next(iter(self._held)))

    def _drop(self, key: str) -> None:
        gone = self._held.pop(key, None)
        self.bytes -= 0 if gone is None else len(gone.body)

    def _asked(self, key: str, held: _Held | None) -> _Held:
        """Ask what S3 has under the key: `held`, if that is what it still is."""
        try:
            from botocore.exceptions import BotoCoreError, ClientError
        except ImportError as error:
            # Lambda has it; what `make run` installs does not.
            raise _unavailable("Assets need boto3 to be read: pip install boto3.") from error

        unless = {} if held is None else {"IfNoneMatch": held.etag}
        try:
            answer = self._s3().get_object(Bucket=self.bucket, Key=key, **unless)
            with answer["Body"] as stream:
                body = stream.read(MAX_BYTES + 1)
        except ClientError as error:
            if held is not None and _code(error) in _UNCHANGED:
                held.checked = monotonic()
                return held
            self._drop(key)
            if _code(error) in _ABSENT:
                logger().info("an asset cannot be read", extra={"error": _code(error)})
                message = "There is no such asset, or the service may not read it."
                raise AssetNotFound.of(Issue(PATH, message)) from None
            raise _unavailable(f"S3 does not give the asset: {_code(error)}.") from error
        except (BotoCoreError, OSError) as error:
            raise _unavailable(f"S3 does not give the asset: {type(error).__name__}.") from error
        if len(body) > MAX_BYTES:
            self._drop(key)
            _refuse(f"A logo has at most {MAX_BYTES} bytes; this asset has more.", limit={"max_bytes": MAX_BYTES})
        return _Held(body, str(answer["ETag"]), monotonic())

    def _s3(self) -> Any:
        if self._client is None:
            import boto3
            from botocore.config import Config

            limits = Config(connect_timeout=2, read_timeout=3, retries={"total_max_attempts": 2})
            self._client = boto3.client("s3", config=limits)
        return self._client


_of = cache(Assets)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _refuse(message: str, *, limit: dict[str, float] | None = None) -> NoReturn:
    raise InvalidRequest.of(Issue(PATH, message, limit=limit))


def _unavailable(detail: str) -> AssetUnavailable:
    logger().warning("assets cannot be read", extra={"detail": detail})
    return AssetUnavailable(detail, issues=(Issue(PATH, "Cannot be read at the moment; try again in a few seconds."),))
