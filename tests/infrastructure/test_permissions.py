"""What each function may do: its own, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from tests.infrastructure.combinations import COMBINATIONS
from tests.infrastructure.expanded import of_type, resources, statements

FUNCTIONS = ("GenerateFunction", "StatsFunction", "ClearFunction", "WarmFunction")
OWN_LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
EACH = pytest.mark.parametrize("function", FUNCTIONS)


def actions(found: list[dict[str, Any]]) -> set[str]:
    return {
        action for each in found for action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"])
    }


def short(function: str) -> str:
    return function.removesuffix("Function").lower()


@EACH
def test_every_function_has_a_role_of_its_own(function: str) -> None:
    assert of_type("AWS::Lambda::Function")[function]["Role"] == {"Fn::GetAtt": [f"{function}Role", "Arn"]}


@EACH
def test_in_the_small_stack_it_may_write_its_logs(function: str) -> None:
    more = {"sqs:SendMessage"} if function == "WarmFunction" else set()
    assert actions(statements(function)) == OWN_LOGS | more


@EACH
def test_it_writes_no_log_but_its_own(function: str) -> None:
    logs = function.replace("Function", "Logs")
    assert of_type("AWS::Lambda::Function")[function]["LoggingConfig"] == {
        "LogFormat": "JSON",
        "LogGroup": {"Ref": logs},
    }
    assert statements(function)[0]["Resource"] == {"Fn::GetAtt": [logs, "Arn"]}


@EACH
@pytest.mark.parametrize("cache", ["serverless", "nodes"])
def test_it_logs_in_to_the_cache_as_itself_only(function: str, cache: str) -> None:
    given = {"Cache": cache, "CacheName": "shop"}
    (allowed,) = (each for each in statements(function, **given) if each["Action"] == "elasticache:Connect")
    account = "arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}"
    whole = {
        "serverless": {"Fn::GetAtt": ["ServerlessValkey", "ARN"]},
        "nodes": {"Fn::Sub": f"{account}:replicationgroup:shop"},
    }
    assert allowed["Resource"] == [whole[cache], {"Fn::Sub": f"{account}:user:shop-{short(function)}"}]
    variables = of_type("AWS::Lambda::Function", **given)[function]["Environment"]["Variables"]
    user = of_type("AWS::ElastiCache::User", **given)[function.replace("Function", "CacheUser")]
    assert variables["REDIS_USERNAME"] == user["UserName"] == user["UserId"] == f"shop-{short(function)}"
    assert (variables["REDIS_AUTH"], variables["REDIS_IAM_CACHE_NAME"], variables["REDIS_TLS"]) == (
        "iam",
        "shop",
        "true",
    )


@EACH
def test_it_logs_in_to_an_existing_cache_as_the_user_that_is_named(function: str) -> None:
    given = COMBINATIONS["existing ElastiCache, logged in to with the role"]
    (allowed,) = (each for each in statements(function, **given) if each["Action"] == "elasticache:Connect")
    account = "arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}"
    kinds = ("serverlesscache:shop", "replicationgroup:shop", "user:qr")
    assert allowed["Resource"] == [{"Fn::Sub": f"{account}:{kind}"} for kind in kinds]


def test_only_warm_may_read_the_list_and_nothing_else() -> None:
    given = {"WarmPatterns": "s3://lists/shop/warm.jsonl"}
    found = {name: [each for each in statements(name, **given) if "s3" in str(each["Action"])] for name in FUNCTIONS}
    (allowed,) = found.pop("WarmFunction")
    assert (allowed["Effect"], allowed["Action"]) == ("Allow", "s3:GetObject")
    assert allowed["Resource"] == {"Fn::Sub": "arn:${AWS::Partition}:s3:::lists/shop/warm.jsonl"}
    assert set(map(len, found.values())) == {0}


def test_only_the_functions_that_draw_may_read_assets_and_nothing_else() -> None:
    found = {name: [each for each in statements(name, AssetsBucket="brand") if "s3" in str(each)] for name in FUNCTIONS}
    for name in ("GenerateFunction", "WarmFunction"):
        allowed, *more = found.pop(name)
        assert [each["Sid"] for each in more] == (["ListStyles"] if name == "GenerateFunction" else [])
        assert (allowed["Effect"], allowed["Action"]) == ("Allow", "s3:GetObject")
        assert allowed["Resource"] == {"Fn::Sub": "arn:${AWS::Partition}:s3:::brand/*"}
    assert set(map(len, found.values())) == {0}


def test_generate_may_list_the_styles_and_nothing_else_of_the_bucket() -> None:
    _, listing = (each for each in statements("GenerateFunction", AssetsBucket="brand") if "s3" in str(each))
    assert (listing["Effect"], listing["Action"]) == ("Allow", "s3:ListBucket")
    assert listing["Resource"] == {"Fn::Sub": "arn:${AWS::Partition}:s3:::brand"}
    assert listing["Condition"] == {"StringEquals": {"s3:prefix": "styles/"}}


def test_without_a_list_and_a_bucket_no_function_may_read_anything() -> None:
    assert not any("s3" in action for name in FUNCTIONS for action in actions(statements(name)))


@pytest.mark.parametrize("given", COMBINATIONS.values(), ids=COMBINATIONS)
def test_a_resource_is_a_wildcard_only_where_aws_takes_no_other(given: dict[str, str]) -> None:
    unlimited = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
    unlimited |= {f"ec2:{name}NetworkInterface" for name in ("Create", "Delete")}
    unlimited |= {"ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"}
    unlimited |= {"ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"}
    for resource in resources(**given).values():
        properties = resource.get("Properties", {})
        policies = [policy["PolicyDocument"] for policy in properties.get("Policies", ())] + (
            [properties["PolicyDocument"]] if "IAM" in resource["Type"] and "PolicyDocument" in properties else []
        )
        for statement in (each for policy in policies for each in policy["Statement"] if each["Effect"] == "Allow"):
            assert "*" not in str(statement["Action"])
            if statement["Resource"] == "*":
                assert actions([statement]) <= unlimited
            elif statement.get("Sid") not in ("ReadAssets", "TryNewVersions"):
                assert "*" not in str(statement["Resource"])


def test_in_a_vpc_the_code_itself_may_not_touch_the_network_interfaces() -> None:
    (policy,) = of_type("AWS::IAM::ManagedPolicy", Cache="serverless").values()
    (denied,) = (each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Deny")
    assert (denied["Action"], denied["Condition"].keys()) == ("ec2:*", {"ArnLike"})


def test_functions_that_leave_a_vpc_keep_the_right_to_remove_their_interfaces() -> None:
    (policy,) = of_type("AWS::IAM::ManagedPolicy", LeavesVpc="true").values()
    said = {each["Sid"]: each for each in policy["PolicyDocument"]["Statement"]}
    assert "ec2:DeleteNetworkInterface" in said["LetLambdaJoinTheVpc"]["Action"]
    assert said["KeepTheCodeOutOfIt"]["Effect"] == "Deny"
    assert all("VpcConfig" not in each for each in of_type("AWS::Lambda::Function", LeavesVpc="true").values())


def test_without_a_vpc_nothing_is_said_of_network_interfaces() -> None:
    (policy,) = of_type("AWS::IAM::ManagedPolicy").values()
    assert actions(policy["PolicyDocument"]["Statement"]) == {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}


@EACH
def test_only_the_api_and_who_warms_may_call_it(function: str) -> None:
    sources = {
        each["Principal"]
        for each in of_type("AWS::Lambda::Permission").values()
        if each["FunctionName"] == {"Ref": f"{function}Aliaslive"}
    }
    assert sources == {"apigateway.amazonaws.com"} | ({"events.amazonaws.com"} if function == "WarmFunction" else set())
    assert all("SourceArn" in each for each in of_type("AWS::Lambda::Permission").values())
