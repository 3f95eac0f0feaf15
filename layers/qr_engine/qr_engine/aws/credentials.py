"""The credentials of this environment, from wherever AWS puts them."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from ..config.aws_identity import AwsIdentity

__all__ = ["Credentials", "CredentialsError", "read_credentials"]

CONTAINER_ADDRESS = "http://169.254.170.2"
"""The address of a task's credentials on ECS."""

INSTANCE_ADDRESS = "http://169.254.169.254"
"""The address of an instance's metadata on EC2."""

TIMEOUT = 1
"""Seconds for each answer: all of these addresses are on this machine."""

TOKEN_SECONDS = 60
"""How long the token for EC2's instance metadata stays valid."""


class CredentialsError(Exception):
    """There are no credentials, or they cannot be read."""


class Credentials(msgspec.Struct, frozen=True):
    """The keys of an AWS role.

    Attributes
    ----------
    access_key, secret_key
        The keys that sign.
    session_token
        The token that goes with temporary keys; None for those of a user.
    """

    access_key: str
    secret_key: str
    session_token: str | None

    def __repr__(self) -> str:
        """Reveal nothing."""
        return "Credentials(…)"


def read_credentials(identity: AwsIdentity, *, elsewhere: bool = False) -> Credentials:
    """Read the credentials of this environment, from its variables or from an address that a variable names.

    Lambda has them in variables, or at an address if SnapStart restored the environment; ECS and EKS have an address.

    Parameters
    ----------
    elsewhere
        Whether to look further if no variable is set: in the sources of botocore, if it is installed, such as a
        profile, and otherwise in EC2's instance metadata.

    Raises
    ------
    CredentialsError
        There are none.
    """
    if identity.access_key and identity.secret_key:
        return Credentials(identity.access_key, identity.secret_key, identity.session_token)
    url = identity.credentials_url
    if identity.credentials_path:
        url = CONTAINER_ADDRESS + identity.credentials_path
    if url:
        return _read_answer(_ask("GET", url, _authorization(identity)))
    if elsewhere:
        return _find_with_botocore() or _ask_instance()
    raise CredentialsError("there are no AWS credentials")


class _Answer(msgspec.Struct, rename="pascal"):
    access_key_id: str
    secret_access_key: str
    token: str


def _read_answer(answer: bytes) -> Credentials:
    try:
        found = msgspec.json.decode(answer, type=_Answer)
    except msgspec.DecodeError as error:
        raise CredentialsError(f"AWS credentials could not be read: {type(error).__name__}") from None
    return Credentials(found.access_key_id, found.secret_access_key, found.token)


def _authorization(identity: AwsIdentity) -> dict[str, str]:
    """Build the header that the address requires; a token in a file is read again each time, since it is replaced."""
    token = identity.credentials_token or ""
    if identity.credentials_token_file:
        try:
            with open(identity.credentials_token_file, encoding="utf-8") as file:
                token = file.read().strip()
        except (OSError, ValueError) as error:
            raise CredentialsError(f"the token for AWS credentials cannot be read: {type(error).__name__}") from None
    return {"Authorization": token} if token else {}


def _ask(method: str, url: str, headers: dict[str, str]) -> bytes:
    from http.client import HTTPConnection, HTTPException
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        body = response.read()
    except (OSError, HTTPException) as error:
        raise CredentialsError(f"AWS credentials could not be read: {type(error).__name__}") from None
    finally:
        connection.close()
    if response.status != 200:
        raise CredentialsError(f"AWS credentials could not be read: {response.status}")
    return body


def _find_with_botocore() -> Credentials | None:
    with suppress(ImportError):
        from botocore.exceptions import BotoCoreError
        from botocore.session import Session

        try:
            found = Session().get_credentials()
            frozen = None if found is None else found.get_frozen_credentials()
        except BotoCoreError as error:
            raise CredentialsError(f"botocore finds no AWS credentials: {type(error).__name__}") from None
        if frozen is not None and frozen.access_key and frozen.secret_key:
            return Credentials(frozen.access_key, frozen.secret_key, frozen.token)
    return None


def _ask_instance() -> Credentials:
    """Ask EC2 for the credentials of the instance's role, by version 2 of its metadata service."""
    lifetime = {"X-aws-ec2-metadata-token-ttl-seconds": str(TOKEN_SECONDS)}
    token = _ask("PUT", f"{INSTANCE_ADDRESS}/latest/api/token", lifetime).decode()
    allowed = {"X-aws-ec2-metadata-token": token}
    roles = f"{INSTANCE_ADDRESS}/latest/meta-data/iam/security-credentials/"
    role = _ask("GET", roles, allowed).decode().split("\n")[0]
    return _read_answer(_ask("GET", roles + role, allowed))
