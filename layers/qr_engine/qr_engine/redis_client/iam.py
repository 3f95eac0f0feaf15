"""Logging in to ElastiCache with a token that the function's role signs."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from ..config import AwsIdentity, Settings, aws_identity
from ..hashes import hmac_sha256, sha256
from ..percent_encoding import percent_encode
from .errors import AuthenticationError

__all__ = ["Credentials", "IamCredentials", "read_credentials", "sign_token"]

TOKEN_SECONDS = 900
"""How long a token can be used to log in; a connection that is in stays in for up to 12 hours."""

SERVICE = "elasticache"


class Credentials(msgspec.Struct, frozen=True):
    """The keys of an AWS role.

    Attributes
    ----------
    access_key, secret_key
        What signs.
    session_token
        What goes along with keys that expire; None for those of a user.
    """

    access_key: str
    secret_key: str
    session_token: str | None

    def __repr__(self) -> str:
        """Nothing of them."""
        return "Credentials(…)"


class IamCredentials:
    """User and token, asked for at every (re)connect; each time the token is a fresh one.

    Parameters
    ----------
    settings
        The user and the cache.
    host
        Where the connection goes: a Serverless cache is told by its name.
    """

    def __init__(self, settings: Settings, host: str) -> None:
        self._user = settings.redis_username or ""
        self._cache = settings.redis_iam_cache_name or ""
        self._serverless = ".serverless." in host

    def get_credentials(self) -> tuple[str, str]:
        """Return the user and a token.

        Raises
        ------
        AuthenticationError
            Lambda's environment names no region or no credentials.
        """
        identity = aws_identity()
        if identity.region is None:
            raise AuthenticationError("AWS_REGION is not set: no token can be signed")
        keys = read_credentials(identity)
        signed = sign_token(
            keys, identity.region, self._cache, self._user, datetime.now(UTC), serverless=self._serverless
        )
        return self._user, signed


def read_credentials(identity: AwsIdentity) -> Credentials:
    """Read the credentials of this environment: its variables, or, where SnapStart restored it, an address there.

    Raises
    ------
    AuthenticationError
        There are none.
    """
    if identity.access_key and identity.secret_key:
        return Credentials(identity.access_key, identity.secret_key, identity.session_token)
    if identity.credentials_url:
        return _fetch(identity.credentials_url, identity.credentials_token or "")
    raise AuthenticationError("there are no AWS credentials: no token can be signed")


def sign_token(
    keys: Credentials, region: str, cache_name: str, user: str, now: datetime, *, serverless: bool = False
) -> str:
    """Sign a request to connect to `cache_name` as `user`, which is what ElastiCache takes for a password.

    The signature is AWS Signature Version 4 in the query string; see "Authenticating with IAM" in the ElastiCache
    User Guide, and "Create a signed AWS API request" in the IAM User Guide.
    """
    cache = cache_name.lower()
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{region}/{SERVICE}/aws4_request"
    query = {"Action": "connect", "User": user}
    if serverless:
        query["ResourceType"] = "ServerlessCache"
    query |= {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"{keys.access_key}/{scope}",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(TOKEN_SECONDS),
        "X-Amz-SignedHeaders": "host",
    }
    if keys.session_token:
        query["X-Amz-Security-Token"] = keys.session_token
    pairs = {percent_encode(name): percent_encode(value) for name, value in query.items()}
    canonical_query = "&".join(f"{name}={value}" for name, value in sorted(pairs.items()))
    nothing = sha256(b"").hexdigest()
    request = f"GET\n/\n{canonical_query}\nhost:{cache}\n\nhost\n{nothing}"
    to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    key = b"AWS4" + keys.secret_key.encode()
    for part in scope.split("/"):
        key = hmac_sha256(key, part.encode())
    signature = hmac_sha256(key, to_sign.encode()).hex()
    shown = "&".join(f"{name}={value}" for name, value in pairs.items())
    return f"{cache}/?{shown}&X-Amz-Signature={signature}"


class _Answer(msgspec.Struct, rename="pascal"):
    access_key_id: str
    secret_access_key: str
    token: str


def _fetch(url: str, authorization: str) -> Credentials:
    from http.client import HTTPConnection, HTTPException
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=1)
    try:
        connection.request("GET", parts.path, headers={"Authorization": authorization})
        answer = msgspec.json.decode(connection.getresponse().read(), type=_Answer)
    except (OSError, HTTPException, msgspec.DecodeError) as error:
        raise AuthenticationError(f"AWS credentials could not be read: {type(error).__name__}") from None
    finally:
        connection.close()
    return Credentials(answer.access_key_id, answer.secret_access_key, answer.token)
