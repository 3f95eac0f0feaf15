"""What the template takes for its parameters: never what the engine refuses at start, nor what AWS refuses halfway."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from typing import get_args, get_type_hints

import msgspec
import pytest
from scripts.local_api.routes import parse
from tests.infrastructure.expanded import ROOT, refused, settled

from qr_engine.config import Settings, load
from qr_engine.config.rules import CONTRADICTIONS
from qr_engine.errors import ConfigurationError

TEMPLATE = parse(ROOT / "template.yaml")
PARAMETERS = TEMPLATE["Parameters"]

# CloudFormation compares no numbers, so that no rule can say this. `make deploy` asks the engine before it begins, and
# the hook of each deployment keeps traffic from a version that does not start.
FOR_MAKE_DEPLOY = {"REDIS_TTL_MAX must be at least REDIS_TTL"}

# Together these make every contradiction; a new one that they do not make fails the test below.
CHOICES = {
    "Cache": ("none", "existing", "serverless"),
    "RedisUrl": ("", "redis://h", "rediss://h:6380/1", "rediss://u:p@h"),
    "RedisClusterNodes": ("", "a:6379,b"),
    "RedisSentinelNodes": ("", "a:26379"),
    "RedisSentinelMaster": ("", "qr"),
    "RedisAuth": ("none", "password", "iam"),
    "RedisUsername": ("", "bob"),
    "RedisPassword": ("", "pw"),
    "RedisPasswordSecret": ("", "qr/redis"),
    "RedisIamCacheName": ("", "shop"),
    "RedisTls": ("false", "true"),
    "RedisTtl": ("3600", "7200"),
    "RedisTtlMax": ("", "3600", "86400"),
}
WORKING: tuple[dict[str, str], ...] = (
    {"Cache": "none"},
    {"Cache": "serverless"},
    {"Cache": "existing", "RedisUrl": "rediss://h:6380/1"},
    {
        "Cache": "existing",
        "RedisUrl": "redis://h",
        "RedisAuth": "password",
        "RedisUsername": "bob",
        "RedisPassword": "pw",
    },
    {"Cache": "existing", "RedisSentinelNodes": "a:26379", "RedisSentinelMaster": "qr", "RedisTls": "true"},
    {
        "Cache": "existing",
        "RedisClusterNodes": "a:6379,b",
        "RedisTls": "true",
        "RedisAuth": "iam",
        "RedisUsername": "bob",
        "RedisIamCacheName": "shop",
    },
)


OF_CONTAINERS = {sentence for _, sentence in CONTRADICTIONS if "ASSETS_DIR" in sentence}
"""Contradictions with what a function on Lambda cannot have: a folder of its owner's."""

OF_SECRETS = {
    sentence for _, sentence in CONTRADICTIONS if any(key in sentence for key in ("REDIS_ENTRY_KEY", "SIGNING_KEY"))
}
"""Contradictions between secrets, of which the template knows the versions and not the values."""


def parameter(setting: str) -> str:
    return "".join(part.capitalize() for part in setting.split("_"))


def variables(given: dict[str, str]) -> dict[str, str]:
    """What the functions would get; where a resource says it, something of its kind."""
    found = settled("GenerateFunction", **given)
    return {
        name: value if isinstance(value, str | int) else "cache.example.com:6379"
        for name, value in found.items()
        if name.lower() in Settings.__struct_fields__
    }


def raw(given: dict[str, str]) -> dict[str, str]:
    """The parameters as if each were the variable of its name."""
    names = {parameter(field): field.upper() for field in Settings.__struct_fields__}
    return {names[name]: value for name, value in given.items() if name in names}


def refusal(environment: dict[str, str]) -> str:
    """What the engine says at start, or nothing."""
    try:
        load({name: str(value) for name, value in environment.items()})
    except ConfigurationError as error:
        return str(error).removesuffix(".")
    return ""


@cache
def walk() -> list[tuple[dict[str, str], list[str]]]:
    """Every stack that works with any two of its parameters changed, and what the template says against it."""
    plain = {name: values[0] for name, values in CHOICES.items()}
    tried = {
        tuple({**plain, **working, one: first, other: second}.items())
        for working in WORKING
        for one, other in combinations(CHOICES, 2)
        for first, second in product(CHOICES[one], CHOICES[other])
    }
    return [(dict(given), refused(**dict(given))) for given in sorted(tried)]


def test_the_walk_meets_every_contradiction_that_the_engine_knows() -> None:
    met = {refusal(raw(given)) for given, _ in walk()}
    assert {sentence for _, sentence in CONTRADICTIONS} - OF_SECRETS - OF_CONTAINERS <= met


def test_what_the_template_takes_the_engine_takes() -> None:
    taken = [given for given, said in walk() if not said]
    assert len(taken) > 50
    wrong = {refusal(variables(given)): given for given in taken} | {"": {}}
    assert wrong.keys() - FOR_MAKE_DEPLOY == {""}, wrong


@pytest.mark.parametrize(
    "sentence", sorted({sentence for _, sentence in CONTRADICTIONS} - FOR_MAKE_DEPLOY - OF_SECRETS - OF_CONTAINERS)
)
def test_a_contradiction_alone_is_refused(sentence: str) -> None:
    def distance(given: dict[str, str]) -> int:
        return sum(value != CHOICES.get(name, (value,))[0] for name, value in given.items())

    met = [(given, said) for given, said in walk() if refusal(raw(given)) == sentence and refusal(variables(given))]
    assert all(said for _, said in met), min((given for given, said in met if not said), key=distance)


@pytest.mark.parametrize(
    "given",
    [
        {"Cache": "existing", "RedisUrl": "redis://h", "RedisClusterNodes": "a:6379"},
        {"Cache": "existing", "RedisSentinelNodes": "a:26379"},
        {"Cache": "none", "RedisSentinelMaster": "qr"},
        {"Cache": "existing", "RedisUrl": "redis://h", "RedisTls": "true"},
        {"Cache": "existing", "RedisUrl": "rediss://u:p@h", "RedisAuth": "password", "RedisPassword": "x"},
        {"Cache": "existing", "RedisClusterNodes": "a", "RedisAuth": "password"},
        {"Cache": "existing", "RedisClusterNodes": "a", "RedisUsername": "bob"},
        {"Cache": "existing", "RedisClusterNodes": "a", "RedisAuth": "iam", "RedisTls": "true"},
        {"Cache": "none", "RedisPassword": "pw"},
        {"Cache": "serverless", "RedisPassword": "pw"},
        {
            "Cache": "existing",
            "RedisClusterNodes": "a",
            "RedisAuth": "iam",
            "RedisUsername": "u",
            "RedisIamCacheName": "c",
        },
        {"RedisPrefix": "my app"},
        {"Cache": "existing", "RedisUrl": "redis://h/0?ssl=true"},
        {"Cache": "existing", "RedisUrl": "redis://h:65536"},
        {"Cache": "existing", "RedisClusterNodes": "a b"},
        {"RedisTtl": "1.5"},
        {"MemoryCacheTtl": "4e8"},
    ],
    ids=str,
)
def test_what_was_taken_and_then_failed_at_start_is_refused(given: dict[str, str]) -> None:
    assert refused(**given) != []


def test_a_role_logs_in_over_tls_whatever_the_address_says() -> None:
    given = {"Cache": "existing", "RedisUrl": "redis://h:6380/1", "RedisAuth": "iam"}
    given |= {"RedisUsername": "u", "RedisIamCacheName": "c"}
    assert refused(**given) == []
    assert variables(given)["REDIS_URL"] == "rediss://h:6380/1"


def edges(field: msgspec.structs.FieldInfo) -> set[str]:
    """Values at, and just beyond, what the annotation of a setting allows, and what people mistype."""
    found = {
        *("", " ", "0", "1", "-1", "1.5", "1e3", "007", "+5", " 5", "5 ", "9" * 9, "9" * 25),
        *("true", "a", "a b", "a\n", "ä", "x" * 64, "x" * 65),
        *("a:6379,b:6380", "a, b", "a:65535", "a:65536", "a:0", "a:", ",a", "[::1]:6379", "["),
        *("redis://a", "rediss://a:1/2", "redis://a?b", "http://a", "redis://"),
        *("s3://abc/k", "s3://abc/ ", "s3://abc/", "s3://ab/k"),
    }
    metas = [each for part in (field.type, *get_args(field.type)) for each in getattr(part, "__metadata__", ())]
    for bound in (each for meta in metas for each in (meta.ge, meta.le) if each is not None):
        found |= {str(bound - 1), str(bound), str(bound + 1)}
    return found


FIELDS = {
    field.name: msgspec.structs.FieldInfo(
        field.name, field.encode_name, get_type_hints(Settings, include_extras=True)[field.name]
    )
    for field in msgspec.structs.fields(Settings)
    # Secrets that the stack reads, and what a function on Lambda cannot have.
    if field.name
    not in {
        "origin_secret",
        "redis_entry_key",
        "redis_entry_key_previous",
        "signing_key",
        "signing_key_previous",
        "assets_dir",
    }
}
COMPANY = {
    "RedisUrl": {"Cache": "existing"},
    "RedisClusterNodes": {"Cache": "existing"},
    "RedisSentinelNodes": {"Cache": "existing", "RedisSentinelMaster": "qr"},
    "RedisSentinelMaster": {"Cache": "existing", "RedisSentinelNodes": "a"},
    "RedisUsername": {"Cache": "existing", "RedisClusterNodes": "a", "RedisAuth": "password", "RedisPassword": "pw"},
    "RedisPassword": {"Cache": "existing", "RedisClusterNodes": "a", "RedisAuth": "password"},
    "Signing": {"SigningKeySecret": "qr/addresses"},
    "SigningKeyId": {"SigningKeySecret": "qr/addresses"},
    "SigningKeyPreviousId": {
        "SigningKeySecret": "qr/addresses",
        "SigningKeyVersion": "2b",
        "SigningKeyPreviousVersion": "1a",
    },
}


@pytest.mark.parametrize("setting", FIELDS)
def test_a_value_that_the_template_takes_the_engine_takes_as_it_is(setting: str) -> None:
    name = parameter(setting)
    default = PARAMETERS[name]["Default"]
    for value in edges(FIELDS[setting]):
        given = {**COMPANY.get(name, {}), name: value}
        if refused(**given):
            continue
        said = refusal(variables(given))
        assert said in {"", *FOR_MAKE_DEPLOY}, (value, said)
        if not said and value:
            loaded = getattr(load({key: str(each) for key, each in variables(given).items()}), setting)
            assert str(loaded).lower().removesuffix(".0") == value, value
    assert refused(**COMPANY.get(name, {}), **{name: str(default)}) == [] or name in COMPANY or default == ""


@pytest.mark.parametrize("setting", FIELDS)
def test_the_bounds_of_the_engine_can_be_used(setting: str) -> None:
    metas = [each for part in (FIELDS[setting].type,) for each in getattr(part, "__metadata__", ())]
    for bound in (each for meta in metas for each in (meta.ge, meta.le) if each is not None):
        assert refused(**{parameter(setting): str(bound)}) == []


def test_styles_that_are_required_are_in_a_bucket() -> None:
    assert refused(RequireStyle="true") == ["RequireStyle needs AssetsBucket, which has the styles."]
    assert refused(RequireStyle="true", AssetsBucket="brand") == []


def test_every_pattern_says_in_words_what_it_takes() -> None:
    unsaid = [
        name for name, each in PARAMETERS.items() if "AllowedPattern" in each and "ConstraintDescription" not in each
    ]
    assert unsaid == []


def test_every_parameter_is_described_and_shown_in_a_group() -> None:
    assert [name for name, each in PARAMETERS.items() if not each.get("Description")] == []
    groups = TEMPLATE["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    shown = [name for group in groups for name in group["Parameters"]]
    assert sorted(shown) == sorted(PARAMETERS)
    assert all(group["Label"]["default"] for group in groups)


def test_a_list_that_a_rule_asks_about_is_a_text() -> None:
    # What a rule makes of an empty CommaDelimitedList, AWS does not say.
    asked = {name for name in PARAMETERS if f"'Ref': '{name}'" in str(TEMPLATE["Rules"])}
    assert {PARAMETERS[name]["Type"] for name in asked} == {"String"}


def test_a_secret_is_no_parameter_that_the_guided_deployment_could_not_pass() -> None:
    # It asks for a NoEcho parameter until there is an answer, and none of these has to have one.
    assert [name for name, each in PARAMETERS.items() if each.get("NoEcho")] == []
