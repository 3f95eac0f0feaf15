from __future__ import annotations

import pytest

from qr_engine.config import Settings, load
from qr_engine.config.aws_identity import AwsIdentity, aws_identity
from qr_engine.errors import ConfigurationError


def test_an_empty_environment_gives_the_memory_tier_alone():
    assert load({}) == Settings()
    assert load({}).redis_url is None


def test_an_empty_variable_counts_as_unset():
    assert load({"REDIS_URL": "", "REDIS_TTL": "  "}) == Settings()


EXAMPLES = {
    "REDIS_URL": ("rediss://cache.example:6380/2", "rediss://cache.example:6380/2"),
    "REDIS_CLUSTER_NODES": ("a.example:7001, b.example", "a.example:7001, b.example"),
    "REDIS_SENTINEL_NODES": ("a.example,b.example:26380", "a.example,b.example:26380"),
    "REDIS_SENTINEL_MASTER": ("main", "main"),
    "REDIS_AUTH": ("password", "password"),
    "REDIS_USERNAME": ("engine", "engine"),
    "REDIS_PASSWORD": ("hunter2", "hunter2"),
    "REDIS_IAM_CACHE_NAME": ("codes", "codes"),
    "REDIS_TLS": ("true", True),
    "REDIS_TLS_CA_FILE": ("/etc/ca.pem", "/etc/ca.pem"),
    "REDIS_ENTRY_KEY": ("k" * 32, "k" * 32),
    "REDIS_ENTRY_KEY_PREVIOUS": ("p" * 32, "p" * 32),
    "REDIS_PREFIX": ("shop", "shop"),
    "REDIS_TTL": ("60", 60),
    "REDIS_TTL_MAX": ("7200", 7200),
    "REDIS_MAX_CONNECTIONS": ("3", 3),
    "REDIS_ENABLE_STATS": ("false", False),
    "REDIS_FIRST_LOOKUP": ("skip", "skip"),
    "REDIS_WARM_CACHE": ("true", True),
    "REDIS_CONNECT_TIMEOUT_MS": ("100", 100),
    "REDIS_FIRST_CONNECT_TIMEOUT_MS": ("900", 900),
    "REDIS_TIMEOUT_MS": ("200", 200),
    "MEMORY_CACHE_BYTES": ("0", 0),
    "MEMORY_CACHE_TTL": ("5", 5),
    "MAX_CPU_SECONDS": ("0.5", 0.5),
    "ASSETS_BUCKET": ("brand-assets", "brand-assets"),
    "ASSETS_DIR": ("/srv/logos", "/srv/logos"),
    "REQUIRE_STYLE": ("true", True),
    "WARM_PATTERNS": ("s3://bucket/lists/popular.jsonl", "s3://bucket/lists/popular.jsonl"),
    "ORIGIN_SECRET": ("what CloudFront knows", "what CloudFront knows"),
    "STUDIO": ("false", False),
    "SIGNING": ("admin", "admin"),
    "SIGNING_KEY": ("k" * 32, "k" * 32),
    "SIGNING_KEY_ID": ("2026-11", "2026-11"),
    "SIGNING_KEY_PREVIOUS": ("p" * 32, "p" * 32),
    "SIGNING_KEY_PREVIOUS_ID": ("2026-10", "2026-10"),
    "PUBLIC_URL": ("https://qr.example.com/codes", "https://qr.example.com/codes"),
}
COMPANIONS = {
    "REDIS_SENTINEL_NODES": {"REDIS_SENTINEL_MASTER": "main"},
    "REDIS_SENTINEL_MASTER": {"REDIS_SENTINEL_NODES": "a.example"},
    "REDIS_AUTH": {"REDIS_PASSWORD": "hunter2"},
    "REDIS_USERNAME": {"REDIS_AUTH": "password", "REDIS_PASSWORD": "hunter2"},
    "REDIS_PASSWORD": {"REDIS_AUTH": "password"},
    "REQUIRE_STYLE": {"ASSETS_DIR": "/srv/logos"},
    "REDIS_ENTRY_KEY_PREVIOUS": {"REDIS_ENTRY_KEY": "k" * 32},
    "SIGNING": {"SIGNING_KEY": "k" * 32},
    "SIGNING_KEY_ID": {"SIGNING_KEY": "k" * 32},
    "SIGNING_KEY_PREVIOUS": {"SIGNING_KEY": "k" * 32},
    "SIGNING_KEY_PREVIOUS_ID": {"SIGNING_KEY": "k" * 32, "SIGNING_KEY_PREVIOUS": "p" * 32},
}


def test_every_variable_has_an_example_here():
    assert {name.lower() for name in EXAMPLES} == set(Settings.__struct_fields__)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_variable_is_read(name: str):
    text, value = EXAMPLES[name]
    assert getattr(load({name: text, **COMPANIONS.get(name, {})}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("REDIS_URL", "http://cache", "redis://"),
        ("REDIS_PREFIX", "a prefix", "1 to 64"),
        ("REDIS_TTL", "0", "1 to 315360000"),
        ("REDIS_TTL", "an hour", "whole number of seconds"),
        ("REDIS_MAX_CONNECTIONS", "-1", "at least 1"),
        ("REDIS_ENABLE_STATS", "perhaps", "true or false"),
        ("REDIS_FIRST_LOOKUP", "never", "wait or skip"),
        ("REDIS_TIMEOUT_MS", "1.5", "whole number of milliseconds"),
        ("REDIS_CONNECT_TIMEOUT_MS", "40000", "1 to 30000"),
        ("MEMORY_CACHE_BYTES", "-5", "0 to turn"),
        ("MEMORY_CACHE_TTL", "x", "1 to 315360000"),
        ("MAX_CPU_SECONDS", "0", "above 0 and at most 900"),
        ("REDIS_CLUSTER_NODES", "redis://cache", "host:6379"),
        ("REDIS_CLUSTER_NODES", "a,,b", "commas"),
        ("REDIS_SENTINEL_NODES", "cache:port", "host:26379"),
        ("REDIS_AUTH", "kerberos", "none, password or iam"),
        ("REDIS_TLS", "perhaps", "true or false"),
        ("REDIS_IAM_CACHE_NAME", "my cache", "ElastiCache"),
        ("REDIS_TTL_MAX", "0", "1 to 315360000"),
        ("REDIS_WARM_CACHE", "2", "true or false"),
        ("ASSETS_BUCKET", "https://bucket", "the name of a bucket"),
        ("ASSETS_DIR", "logos", "the absolute path of a folder"),
        ("WARM_PATTERNS", "https://bucket/key", "s3://bucket/key"),
        ("SIGNING", "on", "off, required or admin"),
        ("SIGNING_KEY_ID", "the new one", "1 to 64 of the characters"),
        ("PUBLIC_URL", "qr.example.com", "https://qr.example.com"),
        ("PUBLIC_URL", "https://qr.example.com/", "without a trailing slash"),
        ("WARM_PATTERNS", "file://list.jsonl", "file:///srv/list.jsonl"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence_that_names_it(name: str, value: str, rule: str):
    with pytest.raises(ConfigurationError) as caught:
        load({name: value})
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} must be ")
    assert rule in sentence
    assert sentence.count(".") >= 1
    assert "\n" not in sentence


def test_a_wrong_address_is_not_shown_because_it_may_hold_a_password():
    with pytest.raises(ConfigurationError) as caught:
        load({"REDIS_URL": "reddis://:hunter2@cache"})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        ({}, "memory"),
        ({"REDIS_URL": "redis://cache"}, "standalone"),
        ({"REDIS_CLUSTER_NODES": "cache"}, "cluster"),
        ({"REDIS_SENTINEL_NODES": "cache", "REDIS_SENTINEL_MASTER": "main"}, "sentinel"),
    ],
)
def test_the_mode_follows_from_what_is_set(given: dict[str, str], mode: str):
    assert load(given).mode == mode


def test_addresses_have_the_port_that_is_usual_where_none_is_given():
    variables = {"REDIS_SENTINEL_NODES": "a.example, 10.0.0.2:5000,[::1],[fe80::1]:7", "REDIS_SENTINEL_MASTER": "main"}
    assert load(variables).sentinel_nodes == (("a.example", 26379), ("10.0.0.2", 5000), ("::1", 26379), ("fe80::1", 7))
    assert load({"REDIS_CLUSTER_NODES": "a.example"}).cluster_nodes == (("a.example", 6379),)


def test_the_scheme_decides_whether_a_standalone_redis_is_encrypted():
    assert load({"REDIS_URL": "rediss://cache"}).encrypted
    assert not load({"REDIS_URL": "redis://cache"}).encrypted


def test_a_flag_decides_whether_a_cluster_is_encrypted():
    assert load({"REDIS_CLUSTER_NODES": "cache", "REDIS_TLS": "true"}).encrypted
    assert not load({"REDIS_CLUSTER_NODES": "cache"}).encrypted


def test_the_longest_life_is_never_shorter_than_a_long_first_one():
    assert load({"REDIS_TTL": "172800"}).redis_ttl_max == 172_800
    assert load({"REDIS_TTL": "60"}).redis_ttl_max == 86_400


IAM = {
    "REDIS_URL": "rediss://cache",
    "REDIS_AUTH": "iam",
    "REDIS_USERNAME": "engine",
    "REDIS_IAM_CACHE_NAME": "codes",
}


def test_a_whole_set_of_variables_for_iam_is_taken():
    assert load(IAM).redis_auth == "iam"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"REDIS_CLUSTER_NODES": "a", "REDIS_URL": "redis://b"}, ["REDIS_CLUSTER_NODES", "REDIS_URL"]),
        (
            {"REDIS_CLUSTER_NODES": "a", "REDIS_SENTINEL_NODES": "b", "REDIS_SENTINEL_MASTER": "main"},
            ["REDIS_CLUSTER_NODES", "REDIS_SENTINEL_NODES"],
        ),
        ({"REDIS_SENTINEL_NODES": "a"}, ["REDIS_SENTINEL_MASTER"]),
        ({"REDIS_SENTINEL_MASTER": "main"}, ["REDIS_SENTINEL_NODES"]),
        ({"REDIS_URL": "redis://cache", "REDIS_TLS": "true"}, ["REDIS_TLS", "rediss://"]),
        ({"REDIS_URL": "rediss://cache?ssl_cert_reqs=none"}, ["REDIS_URL", "without options"]),
        ({"REDIS_URL": "redis://cache?decode_responses=true"}, ["REDIS_URL", "without options"]),
        ({"REDIS_URL": "redis://cache:hunter2"}, ["REDIS_URL"]),
        ({"REDIS_URL": "redis://cache:99999"}, ["REDIS_URL"]),
        ({"REDIS_URL": "redis://[::1"}, ["REDIS_URL"]),
        ({"REDIS_URL": "redis://cache/hunter2"}, ["REDIS_URL"]),
        ({"REDIS_TTL": str(10**16)}, ["REDIS_TTL", "315360000"]),
        ({"REDIS_AUTH": "password"}, ["REDIS_PASSWORD"]),
        ({"REDIS_PASSWORD": "hunter2"}, ["REDIS_AUTH"]),
        ({"REDIS_USERNAME": "engine"}, ["REDIS_AUTH"]),
        ({**IAM, "REDIS_URL": "rediss://:hunter2@cache"}, ["REDIS_URL", "REDIS_AUTH"]),
        ({**IAM, "REDIS_PASSWORD": "hunter2"}, ["REDIS_PASSWORD"]),
        ({**IAM, "REDIS_URL": "redis://cache"}, ["TLS", "rediss://"]),
        ({**IAM, "REDIS_USERNAME": ""}, ["REDIS_USERNAME"]),
        ({**IAM, "REDIS_IAM_CACHE_NAME": ""}, ["REDIS_IAM_CACHE_NAME"]),
        ({"REDIS_ENTRY_KEY": "hunter2" * 4}, ["REDIS_ENTRY_KEY", "32"]),
        ({"REDIS_ENTRY_KEY_PREVIOUS": "hunter2" * 5}, ["REDIS_ENTRY_KEY_PREVIOUS", "needs REDIS_ENTRY_KEY"]),
        (
            {"REDIS_ENTRY_KEY": "hunter2" * 5, "REDIS_ENTRY_KEY_PREVIOUS": "hunter2" * 5},
            ["REDIS_ENTRY_KEY_PREVIOUS", "must differ"],
        ),
        ({"REDIS_TTL": "60", "REDIS_TTL_MAX": "59"}, ["REDIS_TTL_MAX", "REDIS_TTL"]),
        ({"REDIS_CLUSTER_NODES": "cache:70000"}, ["REDIS_CLUSTER_NODES", "host:6379"]),
    ],
)
def test_a_contradiction_is_refused_in_one_sentence_that_names_the_variables(given: dict[str, str], named: list[str]):
    with pytest.raises(ConfigurationError) as caught:
        load(given)
    sentence = str(caught.value)
    assert [name for name in named if name not in sentence] == []
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "hunter2" not in sentence


def test_what_is_printed_of_the_settings_holds_no_secret():
    printed = repr(Settings(redis_url="redis://:hunter2@cache", redis_password="hunter2", redis_prefix="shop"))
    assert "hunter2" not in printed
    assert "redis_prefix='shop'" in printed


def test_credentials_are_read_anew_each_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", "first")
    before = aws_identity()
    monkeypatch.setenv("AWS_SESSION_TOKEN", "second")
    assert (before.session_token, aws_identity().session_token) == ("first", "second")


def test_what_is_printed_of_credentials_holds_no_secret():
    assert "hunter2" not in repr(AwsIdentity("eu-central-1", "hunter2", "hunter2", "hunter2", None, "hunter2"))


@pytest.mark.parametrize(
    "url",
    [
        "redis://cache",
        "redis://cache:6379",
        "rediss://cache:6379/",
        "redis://cache:6379/15",
        "redis://user:p%40ss:w@cache:6379/2",
        "redis://:password@[::1]:6379/0",
    ],
)
def test_every_kind_of_address_is_taken(url: str):
    assert load({"REDIS_URL": url}).redis_url == url


def test_a_list_to_warm_may_be_a_file():
    assert load({"WARM_PATTERNS": "file:///srv/list.jsonl"}).warm_patterns == "file:///srv/list.jsonl"


def test_assets_are_in_a_bucket_or_in_a_folder():
    with pytest.raises(ConfigurationError, match="ASSETS_BUCKET and ASSETS_DIR exclude each other"):
        load({"ASSETS_BUCKET": "brand", "ASSETS_DIR": "/srv/logos"})
