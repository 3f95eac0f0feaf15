"""Log in to ElastiCache with a token that the function's role signs."""

from __future__ import annotations

from datetime import UTC, datetime

from ..aws.credentials import Credentials, CredentialsError, read_credentials
from ..aws.signature import ALGORITHM, EMPTY_DIGEST, scope_of, sign, timestamp
from ..config import Settings
from ..config.aws_identity import aws_identity
from ..percent_encoding import percent_encode
from .errors import AuthenticationError

__all__ = ["IamCredentials", "sign_token"]

TOKEN_SECONDS = 900
"""How long a token can be used to log in; a connection that has logged in lasts up to 12 hours."""

SERVICE = "elasticache"


class IamCredentials:
    """User and token; each (re)connect asks for them and gets a fresh token.

    Parameters
    ----------
    settings
        The user and the cache.
    host
        Where the connection goes: the name shows whether the cache is Serverless.
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
            Lambda's environment has no region or no credentials.
        """
        identity = aws_identity()
        if identity.region is None:
            raise AuthenticationError("AWS_REGION is not set: no token can be signed")
        try:
            keys = read_credentials(identity)
        except CredentialsError as error:
            raise AuthenticationError(f"{error}: no token can be signed") from None
        signed = sign_token(
            keys, identity.region, self._cache, self._user, datetime.now(UTC), serverless=self._serverless
        )
        return self._user, signed


def sign_token(
    keys: Credentials, region: str, cache_name: str, user: str, now: datetime, *, serverless: bool = False
) -> str:
    """Sign a request to connect to `cache_name` as `user`; ElastiCache accepts it as the password.

    The signature is AWS Signature Version 4 in the query string; see "Authenticating with IAM" in the ElastiCache User
    Guide.
    """
    cache = cache_name.lower()
    moment = timestamp(now)
    scope = scope_of(moment, region, SERVICE)
    query = {"Action": "connect", "User": user}
    if serverless:
        query["ResourceType"] = "ServerlessCache"
    query |= {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{keys.access_key}/{scope}",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(TOKEN_SECONDS),
        "X-Amz-SignedHeaders": "host",
    }
    if keys.session_token:
        query["X-Amz-Security-Token"] = keys.session_token
    pairs = {percent_encode(name): percent_encode(value) for name, value in query.items()}
    canonical_query = "&".join(f"{name}={value}" for name, value in sorted(pairs.items()))
    request = f"GET\n/\n{canonical_query}\nhost:{cache}\n\nhost\n{EMPTY_DIGEST}"
    signature = sign(keys.secret_key, moment, scope, request)
    shown = "&".join(f"{name}={value}" for name, value in pairs.items())
    return f"{cache}/?{shown}&X-Amz-Signature={signature}"
