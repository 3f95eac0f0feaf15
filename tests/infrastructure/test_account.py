"""The calls to AWS that a deployment makes, held to the models of the services by botocore's own stubs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from scripts.deploying.account import Account, Stack, Unknown
from scripts.prune import prune

NOW = datetime(2026, 1, 6, tzinfo=UTC)
FUNCTION = "qr-engine-dev-GenerateFunction-1A2B"
LAYER = "arn:aws:lambda:eu-central-1:123456789012:layer:QREngineLayer1a2b"


class Stubbed:
    """An account whose clients answer what they are told to, and refuse what the service would not take."""

    def __init__(self) -> None:
        session = boto3.session.Session("AKIDEXAMPLE", "nobody", region_name="eu-central-1")
        self.account = Account("eu-central-1")
        self.stubs: dict[str, Stubber] = {}
        for service in ("sts", "cloudformation", "lambda", "ec2", "elasticache", "logs", "cloudwatch"):
            client = session.client(service)
            self.account._clients[service] = client
            self.stubs[service] = Stubber(client)
            self.stubs[service].activate()

    def answers(self, service: str, call: str, answer: dict[str, Any], **expected: Any) -> None:
        self.stubs[service].add_response(call, answer, expected or None)

    def fails(self, service: str, call: str, code: str, message: str = "") -> None:
        self.stubs[service].add_client_error(call, code, message)


@pytest.fixture
def aws() -> Stubbed:
    return Stubbed()


def test_who_calls(aws: Stubbed) -> None:
    aws.answers("sts", "get_caller_identity", {"Arn": "arn:aws:iam::123456789012:user/somebody"})
    assert aws.account.identity() == "arn:aws:iam::123456789012:user/somebody"


def test_a_stack_with_its_parameters_and_outputs(aws: Stubbed) -> None:
    found = {
        "StackName": "qr",
        "CreationTime": NOW,
        "StackStatus": "UPDATE_COMPLETE",
        "Parameters": [{"ParameterKey": "Cache", "ParameterValue": "none"}],
        "Outputs": [{"OutputKey": "ApiUrl", "OutputValue": "https://a"}],
    }
    aws.answers("cloudformation", "describe_stacks", {"Stacks": [found]}, StackName="qr")
    assert aws.account.stack("qr") == Stack("UPDATE_COMPLETE", {"Cache": "none"}, {"ApiUrl": "https://a"})


def test_no_stack(aws: Stubbed) -> None:
    aws.fails("cloudformation", "describe_stacks", "ValidationError", "Stack with id qr does not exist")
    assert aws.account.stack("qr") is None


def test_what_is_not_allowed_is_unknown(aws: Stubbed) -> None:
    aws.fails("cloudformation", "describe_stacks", "AccessDenied", "not authorized")
    with pytest.raises(Unknown, match="AccessDenied"):
        aws.account.stack("qr")


def test_a_stack_is_protected_and_released(aws: Stubbed) -> None:
    for protected in (True, False):
        expected = {"StackName": "qr", "EnableTerminationProtection": protected}
        aws.answers("cloudformation", "update_termination_protection", {"StackId": "qr"}, **expected)
        aws.account.protect("qr", protected=protected)
    aws.stubs["cloudformation"].assert_no_pending_responses()


def test_the_quota_for_executions(aws: Stubbed) -> None:
    limit = {"ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": 896}
    aws.answers("lambda", "get_account_settings", {"AccountLimit": limit})
    assert aws.account.concurrency() == (1000, 896)


def test_the_zones_in_their_order(aws: Stubbed) -> None:
    aws.answers("ec2", "describe_availability_zones", {"AvailabilityZones": [{"ZoneName": "b"}, {"ZoneName": "a"}]})
    assert aws.account.zones() == ["a", "b"]


@pytest.mark.parametrize(
    ("kind", "call", "missing"),
    [
        ("serverless", "describe_serverless_caches", "ServerlessCacheNotFoundFault"),
        ("nodes", "describe_replication_groups", "ReplicationGroupNotFoundFault"),
    ],
)
def test_a_cache_is_there_by_itself_or_by_its_users(aws: Stubbed, kind: str, call: str, missing: str) -> None:
    aws.answers("elasticache", call, {})
    assert aws.account.has_cache(kind, "qr")
    aws.fails("elasticache", call, missing)
    aws.answers("elasticache", "describe_user_groups", {}, UserGroupId="qr")
    assert aws.account.has_cache(kind, "qr")
    aws.fails("elasticache", call, missing)
    aws.fails("elasticache", "describe_user_groups", "UserGroupNotFound")
    assert not aws.account.has_cache(kind, "qr")


def test_logs_and_red_alarms_by_what_their_names_begin_with(aws: Stubbed) -> None:
    aws.answers("logs", "describe_log_groups", {"logGroups": [{"logGroupName": "/qr/a"}]}, logGroupNamePrefix="/qr/")
    assert aws.account.log_groups("/qr/") == ["/qr/a"]
    red = {"MetricAlarms": [{"AlarmName": "qr-ReleaseErrorsAlarm-1"}]}
    aws.answers("cloudwatch", "describe_alarms", red, AlarmNamePrefix="qr-Release", StateValue="ALARM")
    assert aws.account.red_alarms("qr-Release") == ["qr-ReleaseErrorsAlarm-1"]


def resources() -> dict[str, Any]:
    return {
        "StackResourceSummaries": [
            {
                "LogicalResourceId": name,
                "PhysicalResourceId": physical,
                "ResourceType": kind,
                "LastUpdatedTimestamp": NOW,
                "ResourceStatus": "CREATE_COMPLETE",
            }
            for name, physical, kind in (
                ("GenerateFunction", FUNCTION, "AWS::Lambda::Function"),
                ("QREngineLayer1a2b", f"{LAYER}:3", "AWS::Lambda::LayerVersion"),
                ("Api", "a1b2", "AWS::ApiGatewayV2::Api"),
            )
        ]
    }


def test_pruning_keeps_the_newest_what_is_live_and_what_they_carry(aws: Stubbed) -> None:
    aws.answers("cloudformation", "list_stack_resources", resources(), StackName="qr")
    alias = {"FunctionVersion": "9", "RoutingConfig": {"AdditionalVersionWeights": {"1": 0.1}}}
    aws.answers("lambda", "list_aliases", {"Aliases": [alias]}, FunctionName=FUNCTION)
    versions = [{"Version": str(each), "Layers": [{"Arn": f"{LAYER}:{1 if each < 9 else 3}"}]} for each in range(1, 11)]
    versions.append({"Version": "$LATEST"})
    aws.answers("lambda", "list_versions_by_function", {"Versions": versions}, FunctionName=FUNCTION)
    for version in (7, 6, 5, 4, 3, 2):
        aws.answers("lambda", "delete_function", {}, FunctionName=FUNCTION, Qualifier=str(version))
    layers = [{"LayerVersionArn": f"{LAYER}:{each}", "Version": each} for each in (3, 2, 1)]
    aws.answers("lambda", "list_layer_versions", {"LayerVersions": layers}, LayerName=LAYER)
    # Version 1 of the function is live, and carries version 1 of the layer.
    aws.answers("lambda", "delete_layer_version", {}, LayerName=LAYER, VersionNumber=2)
    done = prune(aws.account.client("cloudformation"), aws.account.client("lambda"), "qr", 2)
    aws.stubs["lambda"].assert_no_pending_responses()
    assert len(done) == 7
