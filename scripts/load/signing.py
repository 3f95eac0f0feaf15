"""AWS Signature Version 4 for the cache routes of a deployed API, with the credentials that the AWS CLI would use."""

from __future__ import annotations

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

from .service import Unreachable

__all__ = ["sign"]


def sign(method: str, url: str, headers: dict[str, str], body: bytes | None, region: str) -> dict[str, str]:
    """Return the headers of the request with its signature.

    Raises
    ------
    Unreachable
        There are no credentials.
    """
    credentials = botocore.session.Session().get_credentials()
    if credentials is None:
        raise Unreachable("the cache routes of a deployed API need AWS credentials, and there are none")
    request = AWSRequest(method, url, headers=headers, data=body or b"")
    SigV4Auth(credentials.get_frozen_credentials(), "execute-api", region).add_auth(request)
    return dict(request.headers.items())
