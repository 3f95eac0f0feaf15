"""Where the cache is, who reaches it, and that nothing is public but the API."""

from __future__ import annotations

import ipaddress
import re
from random import Random
from typing import Any

import pytest
from scripts.local_api.routes import parse
from tests.infrastructure.combinations import COMBINATIONS, EXISTING_VPC
from tests.infrastructure.expanded import ROOT, of_type, refused, resources, variables

PUBLIC_TYPES = {
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::EIP",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::Lambda::Url",
    "AWS::S3::Bucket",
}
OWN = pytest.mark.parametrize("cache", ["serverless", "nodes"])


@pytest.mark.parametrize("given", COMBINATIONS.values(), ids=COMBINATIONS)
def test_nothing_is_reachable_but_the_api(given: dict[str, str]) -> None:
    found = resources(**given)
    assert not PUBLIC_TYPES & {each["Type"] for each in found.values()}
    for each in of_type("AWS::EC2::Subnet", **given).values():
        assert each["MapPublicIpOnLaunch"] is False
    for each in of_type("AWS::EC2::SecurityGroup", **given).values():
        assert all("SourceSecurityGroupId" in rule for rule in each.get("SecurityGroupIngress", ()))
    for each in of_type("AWS::EC2::SecurityGroupIngress", **given).values():
        assert "SourceSecurityGroupId" in each
    assert not of_type("AWS::EC2::Route", **given)


def test_the_small_stack_has_no_network_and_no_cache() -> None:
    kinds = {each["Type"].split("::")[1] for each in resources().values()}
    assert not {"EC2", "ElastiCache", "CloudFront", "Route53"} & kinds
    assert all("VpcConfig" not in each for each in of_type("AWS::Lambda::Function").values())


@OWN
def test_a_cache_of_the_stack_is_in_two_private_subnets_with_its_functions(cache: str) -> None:
    assert len(of_type("AWS::EC2::Subnet", Cache=cache)) == 2
    subnets = [{"Ref": "SubnetA"}, {"Ref": "SubnetB"}]
    place = {"serverless": "AWS::ElastiCache::ServerlessCache", "nodes": "AWS::ElastiCache::SubnetGroup"}[cache]
    (found,) = of_type(place, Cache=cache).values()
    assert found["SubnetIds"] == subnets
    functions = of_type("AWS::Lambda::Function", Cache=cache)
    # The hook calls Lambda and CodeDeploy, which a private subnet does not reach.
    assert "VpcConfig" not in functions.pop("HookFunction")
    assert all(function["VpcConfig"]["SubnetIds"] == subnets for function in functions.values())


@OWN
def test_in_an_existing_vpc_nothing_of_the_network_is_made_but_security_groups(cache: str) -> None:
    kinds = {each["Type"] for each in resources(Cache=cache, **EXISTING_VPC).values() if "::EC2::" in each["Type"]}
    assert kinds == {"AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupEgress"}


@OWN
def test_only_the_functions_reach_the_cache_and_only_at_its_port(cache: str) -> None:
    group = of_type("AWS::EC2::SecurityGroup", Cache=cache)["CacheSecurityGroup"]
    (rule,) = group["SecurityGroupIngress"]
    assert rule["SourceSecurityGroupId"] == {"Fn::GetAtt": ["FunctionSecurityGroup", "GroupId"]}
    assert (rule["FromPort"], rule["ToPort"]) == (6379, 6379)


def test_an_existing_redis_is_opened_for_the_functions_where_its_group_is_named() -> None:
    given = COMBINATIONS["existing cluster in its VPC, password in a secret"]
    (rule,) = of_type("AWS::EC2::SecurityGroupIngress", **given).values()
    assert rule["GroupId"] == "sg-0a1b2c3d"
    assert rule["SourceSecurityGroupId"] == {"Fn::GetAtt": ["FunctionSecurityGroup", "GroupId"]}


def test_the_way_to_s3_is_a_gateway_that_only_reads_and_only_for_this_account() -> None:
    (endpoint,) = of_type("AWS::EC2::VPCEndpoint", Cache="serverless").values()
    (statement,) = endpoint["PolicyDocument"]["Statement"]
    assert endpoint["VpcEndpointType"] == "Gateway"
    assert statement["Action"] == "s3:GetObject"
    assert statement["Condition"] == {"StringEquals": {"aws:PrincipalAccount": {"Ref": "AWS::AccountId"}}}


def test_serverless_has_limits_users_and_a_major_version() -> None:
    (cache,) = of_type("AWS::ElastiCache::ServerlessCache", Cache="serverless", CacheMaxGb="3").values()
    assert cache["CacheUsageLimits"] == {
        "DataStorage": {"Maximum": "3", "Unit": "GB"},
        "ECPUPerSecond": {"Maximum": 5000},
    }
    assert (cache["Engine"], cache["UserGroupId"]) == ("valkey", {"Ref": "CacheUsers"})


def test_nodes_are_encrypted_and_spread_and_fail_over() -> None:
    (nodes,) = of_type("AWS::ElastiCache::ReplicationGroup", Cache="nodes").values()
    assert all(nodes[name] is True for name in ("AtRestEncryptionEnabled", "TransitEncryptionEnabled"))
    assert all(nodes[name] is True for name in ("AutomaticFailoverEnabled", "MultiAZEnabled"))
    assert (nodes["TransitEncryptionMode"], nodes["ClusterMode"]) == ("required", "enabled")


@OWN
def test_every_user_of_the_cache_logs_in_with_a_role_and_sees_one_prefix(cache: str) -> None:
    users = of_type("AWS::ElastiCache::User", Cache=cache, RedisPrefix="shop")
    assert len(users) == 4
    for user in users.values():
        assert user["AuthenticationMode"] == {"Type": "iam"}
        assert user["AccessString"].startswith("on ~shop:* -@all +")
        # ElastiCache keeps it as it normalises it, and takes a string that differs for a change.
        assert user["AccessString"] == " ".join(user["AccessString"].split())
    (group,) = of_type("AWS::ElastiCache::UserGroup", Cache=cache).values()
    assert group["UserIds"] == [{"Ref": name} for name in users]


def test_a_password_in_a_secret_is_read_when_it_is_deployed_and_again_when_its_version_changes() -> None:
    given = COMBINATIONS["existing cluster in its VPC, password in a secret"]
    read = {
        version: variables(**given, RedisPasswordVersion=version)["GenerateFunction"] for version in ("", "0a1b-2c3d")
    }
    assert read[""]["REDIS_PASSWORD"] == "{{resolve:secretsmanager:qr/redis:SecretString:password::}}"
    assert read["0a1b-2c3d"]["REDIS_PASSWORD"] == "{{resolve:secretsmanager:qr/redis:SecretString:password::0a1b-2c3d}}"


PRIVATE = [ipaddress.IPv4Network(each) for each in ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")]


def works(block: str) -> bool:
    try:
        network = ipaddress.IPv4Network(block)
    except ValueError:
        return False
    return str(network) == block and 16 <= network.prefixlen <= 25 and any(network.subnet_of(each) for each in PRIVATE)


def test_a_vpc_has_the_addresses_of_a_private_block_that_two_subnets_fit_into() -> None:
    random = Random(7)
    blocks = {f"10.0.{third}.{last}/{size}" for third in range(256) for last in (0, 64, 128) for size in range(15, 28)}
    blocks |= {f"{first}.{second}.0.0/16" for first in (0, 9, 10, 100, 127, 172, 192, 999) for second in range(257)}
    blocks |= {
        "10.0.0.0",
        "10.0.0/24",
        "10.0.0.0/024",
        "010.0.0.0/24",
        " 10.0.0.0/24",
        "10.0.0.0/24\n",
        "::/24",
        "1.2.3.4/24",
    }
    blocks |= {
        f"10.{random.randrange(256)}.{random.randrange(256)}.{random.choice((0, 1, 128))}/24" for _ in range(200)
    }
    pattern = re.compile(parse(ROOT / "template.yaml")["Parameters"]["VpcCidr"]["AllowedPattern"])
    wrong = [block for block in blocks if bool(pattern.fullmatch(block)) != works(block)]
    assert wrong == []


@pytest.mark.parametrize("block", ["10.77.0.0/25", "10.77.0.0/24", "172.16.0.0/16"])
def test_the_subnets_of_a_vpc_are_in_its_block(block: str) -> None:
    subnets = [
        ipaddress.IPv4Network(each["CidrBlock"])
        for each in of_type("AWS::EC2::Subnet", Cache="nodes", VpcCidr=block).values()
    ]
    assert len({*subnets}) == 2
    assert all(each.subnet_of(ipaddress.IPv4Network(block)) for each in subnets)


def test_zones_are_chosen_or_the_first_two() -> None:
    def zones(**given: str) -> list[Any]:
        return [each["AvailabilityZone"] for each in of_type("AWS::EC2::Subnet", Cache="serverless", **given).values()]

    assert zones(Zones="us-east-1b,us-east-1d") == ["us-east-1b", "us-east-1d"]
    assert zones() == [{"Fn::Select": [index, {"Fn::GetAZs": ""}]} for index in (0, 1)]


@pytest.mark.parametrize(
    "zones", ["us-east-1a", "us-east-1a,us-east-1a", "us-east-1a, us-east-1b", "use1-az1,use1-az2,use1-az3"]
)
def test_zones_that_are_not_two_are_refused(zones: str) -> None:
    assert refused(Cache="serverless", Zones=zones) != []
