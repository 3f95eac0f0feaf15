"""Who this process is to AWS. Only what calls AWS loads this module."""

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
        Where to ask for them, and what to show there: in an environment restored from a SnapStart image, and on EKS.
    credentials_path, credentials_token_file
        The path where to ask for them on ECS, and the file that has what to show.
    s3_endpoint
        Where S3 is, if it is not AWS's own.
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
        """Write the region only."""
        return f"AwsIdentity(region={self.region!r}, …)"


def aws_identity() -> AwsIdentity:
    """Read the identity of this process, anew at each call: its credentials are replaced while it runs."""
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
