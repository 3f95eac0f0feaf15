"""The secrets that sign entries and URLs: the versions that the functions get, and what cannot be signed with them."""

from __future__ import annotations

import pytest
from tests.infrastructure.expanded import refused, settled

SIGNED = {"Cache": "serverless", "RedisEntryKeySecret": "qr/entries", "RedisEntryKeyVersion": "2b"}


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({**SIGNED, "Cache": "none"}, "needs a Cache"),
        ({"Cache": "serverless", "RedisEntryKeyPreviousVersion": "1a"}, "needs RedisEntryKeySecret"),
        ({**SIGNED, "RedisEntryKeyVersion": "", "RedisEntryKeyPreviousVersion": "1a"}, "and RedisEntryKeyVersion"),
        ({**SIGNED, "RedisEntryKeyPreviousVersion": "2b"}, "another version"),
    ],
)
def test_keys_that_sign_nothing_are_refused(given: dict[str, str], rule: str) -> None:
    assert any(rule in sentence for sentence in refused(**given))


def test_the_functions_get_the_versions_of_the_key_that_signs_entries() -> None:
    secret = "{{resolve:secretsmanager:qr/entries:SecretString:::%s}}"
    assert refused(**SIGNED, RedisEntryKeyPreviousVersion="1a") == []
    for resource in ("GenerateFunction", "StatsFunction", "ClearFunction", "WarmFunction"):
        found = settled(resource, **SIGNED, RedisEntryKeyPreviousVersion="1a")
        assert (found["REDIS_ENTRY_KEY"], found["REDIS_ENTRY_KEY_PREVIOUS"]) == (secret % "2b", secret % "1a")
    unsigned = settled("GenerateFunction", Cache="serverless")
    assert (unsigned["REDIS_ENTRY_KEY"], unsigned["REDIS_ENTRY_KEY_PREVIOUS"]) == ("", "")


ADDRESSES = {"Signing": "required", "SigningKeySecret": "qr/addresses", "SigningKeyVersion": "2b"}


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"Signing": "required"}, "Signing needs SigningKeySecret."),
        ({"Signing": "admin"}, "Signing needs SigningKeySecret."),
        ({"Signing": "on"}, "must be one of"),
        ({"SigningKeyVersion": "2b"}, "SigningKeyVersion and SigningKeyId need SigningKeySecret."),
        ({"SigningKeyId": "2026-11"}, "SigningKeyVersion and SigningKeyId need SigningKeySecret."),
        ({"SigningKeySecret": "qr/addresses", "SigningKeyPreviousVersion": "1a"}, "and SigningKeyVersion."),
        ({**ADDRESSES, "SigningKeyPreviousVersion": "2b"}, "another version"),
        ({**ADDRESSES, "SigningKeyPreviousId": "2026-10"}, "needs SigningKeyPreviousVersion."),
        (
            {**ADDRESSES, "SigningKeyId": "a", "SigningKeyPreviousVersion": "1a", "SigningKeyPreviousId": "a"},
            "another name",
        ),
        ({**ADDRESSES, "JwtIssuer": "https://login.example.com", "JwtAudience": "qr"}, "the place of JwtIssuer"),
    ],
)
def test_signatures_that_nobody_could_make_are_refused(given: dict[str, str], rule: str) -> None:
    assert any(rule in sentence for sentence in refused(**given))


def test_the_functions_get_the_versions_of_the_key_that_signs_addresses() -> None:
    given = {**ADDRESSES, "SigningKeyId": "new", "SigningKeyPreviousVersion": "1a", "SigningKeyPreviousId": "old"}
    assert refused(**given) == []
    secret = "{{resolve:secretsmanager:qr/addresses:SecretString:::%s}}"
    for resource in ("GenerateFunction", "StatsFunction", "ClearFunction", "WarmFunction", "HookFunction"):
        found = {name: value for name, value in settled(resource, **given).items() if name.startswith("SIGNING")}
        assert found == {
            "SIGNING": "required",
            "SIGNING_KEY": secret % "2b",
            "SIGNING_KEY_ID": "new",
            "SIGNING_KEY_PREVIOUS": secret % "1a",
            "SIGNING_KEY_PREVIOUS_ID": "old",
        }
    off = {name: value for name, value in settled("GenerateFunction").items() if name.startswith("SIGNING")}
    assert off == dict.fromkeys(off, "") | {"SIGNING": "off"}
