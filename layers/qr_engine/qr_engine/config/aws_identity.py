"""The AWS identity of this process. Only code that calls AWS loads this module."""

from __future__ import annotations

import os

import msgspec

__all__ = ["AwsIdentity", "aws_identity"]


class AwsIdentity(msgspec.Struct, frozen=True):
    """The identity that AWS gives this process; any part may be missing.

    Attributes
    ----------
    region
        Such as ``eu-central-1``.
    access_key, secret_key, session_token
        The credentials of the function's role.
    credentials_url, credentials_token
        The address of the credentials, and the token to send there: after a restore by SnapStart, and on EKS.
    credentials_path, credentials_token_file
        The path of the credentials on ECS, and the file that holds the token.
    s3_endpoint
        The address of S3, if it is not AWS's own.
    """

    region: str | None
    access_key: str | None
    secret_key: str | None
    session_token: str | None
    credentials_url: str | None
    credentials_token: str | None
    credentials_path: str | None = None
    credentials_token_file: str | None = None
    s3_endpoint: str | None = None

    def __repr__(self) -> str:
        """Show only the region."""
        return f"AwsIdentity(region={self.region!r}, …)"


def aws_identity() -> AwsIdentity:
    """Read the identity of this process, each time anew: its credentials are replaced while it runs."""
    variable = os.environ.get
    return AwsIdentity(
        region=variable("AWS_REGION") or variable("AWS_DEFAULT_REGION"),
        access_key=variable("AWS_ACCESS_KEY_ID"),
        secret_key=variable("AWS_SECRET_ACCESS_KEY"),
        session_token=variable("AWS_SESSION_TOKEN"),
        credentials_url=variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"),
        credentials_token=variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
        credentials_path=variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
        credentials_token_file=variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"),
        s3_endpoint=variable("AWS_ENDPOINT_URL_S3") or variable("AWS_ENDPOINT_URL"),
    )
