"""Assets as objects of a bucket in S3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .asset_faults import refuse_large, unavailable, unreadable
from .model import MAX_BYTES

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

__all__ = ["Bucket"]

# Without the right to list a bucket, S3 answers for an object that is not there as for one that may not be read.
_ABSENT: Final = frozenset({"NoSuchKey", "404", "AccessDenied", "403", "InvalidObjectState"})
_UNCHANGED: Final = frozenset({"304", "NotModified"})


class Bucket:
    """A bucket in S3.

    Parameters
    ----------
    name
        Its name.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._client: Any = None

    def fetch(self, key: str, etag: str | None) -> tuple[bytes, str]:
        """Fetch an object and its ETag; no bytes if it still has the one that is known."""
        try:
            from botocore.exceptions import BotoCoreError, ClientError
        except ImportError as error:
            # Lambda has it; what `make run` installs does not.
            raise unavailable("Assets need boto3 to be read: pip install boto3.") from error

        unless = {} if etag is None else {"IfNoneMatch": etag}
        try:
            answer = self._s3().get_object(Bucket=self.name, Key=key, **unless)
            with answer["Body"] as stream:
                body = stream.read(MAX_BYTES + 1)
        except ClientError as error:
            if etag is not None and _code(error) in _UNCHANGED:
                return b"", etag
            if _code(error) in _ABSENT:
                raise unreadable(_code(error)) from None
            raise unavailable(f"S3 does not give the asset: {_code(error)}.") from error
        except (BotoCoreError, OSError) as error:
            raise unavailable(f"S3 does not give the asset: {type(error).__name__}.") from error
        if len(body) > MAX_BYTES:
            refuse_large()
        return body, str(answer["ETag"])

    def _s3(self) -> Any:
        if self._client is None:
            import boto3
            from botocore.config import Config

            limits = Config(connect_timeout=2, read_timeout=3, retries={"total_max_attempts": 2})
            self._client = boto3.client("s3", config=limits)
        return self._client


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
