"""Every stack that is documented: linted, without a circle, and created as far as moto goes."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from moto.cloudformation.parsing import resource_class_from_type
from scripts.local_api.routes import parse
from tests.infrastructure.combinations import COMBINATIONS, EXISTING_VPC, write
from tests.infrastructure.expanded import ROOT, refused, resources, stack
from tests.machine import command

if TYPE_CHECKING:
    from pathlib import Path

EACH = pytest.mark.parametrize("given", COMBINATIONS.values(), ids=COMBINATIONS)

# What moto's CloudFormation cannot make; a type that it learns fails the test, so that it gets made from then on.
SKIPPED_BY_MOTO = {
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Stage",
    "AWS::Budgets::Budget",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::Function",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::SubnetGroup",
    "AWS::ElastiCache::User",
    "AWS::ElastiCache::UserGroup",
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Logs::MetricFilter",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::Scheduler::Schedule",
}


def lint(*files: Path | str) -> tuple[int, str]:
    arguments = [command("cfn-lint", "make test installs it"), *map(str, files)]
    found = subprocess.run(arguments, capture_output=True, text=True, timeout=240, check=False)
    return found.returncode, found.stdout


def test_the_linter_finds_nothing_in_the_template() -> None:
    assert lint(ROOT / "template.yaml") == (0, "")


def test_the_linter_finds_nothing_in_what_it_expands_to(tmp_path: Path) -> None:
    # The zones that somebody chose are a parameter, whose value stands there by now.
    assert lint("--ignore-checks", "W3010", "--", *write(tmp_path)) == (0, "")


@EACH
def test_the_rules_allow_it(given: dict[str, str]) -> None:
    assert refused(**given) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"Cache": "existing"}, "Cache=existing needs RedisUrl, RedisClusterNodes or RedisSentinelNodes."),
        ({"RedisUrl": "redis://redis:6379"}, "RedisUrl needs Cache=existing."),
        ({"Cache": "serverless", "RedisClusterNodes": "redis:6379"}, "RedisClusterNodes needs Cache=existing."),
        (EXISTING_VPC, "VpcId needs a Cache; without one, the functions need no VPC."),
        ({"Cache": "nodes", "VpcId": "vpc-0a1b2c3d"}, "VpcId needs SubnetIds."),
        ({"JwtIssuer": "https://login.example.com"}, "JwtIssuer needs JwtAudience."),
        ({"DomainName": "qr.example.com"}, "DomainName needs CertificateArn."),
        ({"WebAclArn": "arn:aws:wafv2:"}, "WebAclArn needs CloudFront=true; an HTTP API takes no web ACL."),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_made(given: dict[str, str], said: str) -> None:
    assert said in refused(**given)


def needed_by(resource: dict[str, Any], known: set[str]) -> set[str]:
    """The resources that have to be there before this one; `UpdatePolicy` counts as well."""
    found = set(resource.get("DependsOn", ()))

    def look(part: Any) -> None:
        match part:
            case {"Ref": str(name)}:
                found.add(name)
            case {"Fn::GetAtt": [str(name), *_]}:
                found.add(name)
            case {"Fn::Sub": text}:
                found.update(re.findall(r"\$\{(\w+)", text if isinstance(text, str) else text[0]))
                look(text if isinstance(text, list) else None)
            case dict():
                list(map(look, part.values()))
            case list():
                list(map(look, part))

    look(resource)
    return found & known


@EACH
def test_no_resource_waits_for_itself(given: dict[str, str]) -> None:
    found = resources(**given)
    graph = {name: needed_by(each, found.keys() | set()) for name, each in found.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(found)


def test_the_template_is_small_enough_for_cloudformation() -> None:
    template = parse(ROOT / "template.yaml")
    assert len(template["Parameters"]) <= 200
    assert max(len(json.dumps(stack(**given))) for given in COMBINATIONS.values()) <= 1_000_000


def for_moto(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what moto cannot make, and with a function in the place of its alias."""
    skipped = {name for name, each in document["Resources"].items() if each["Type"] in SKIPPED_BY_MOTO}

    def kept(part: Any) -> Any:
        match part:
            case {"Ref": str(name)} if name.endswith("Aliaslive"):
                return {"Fn::GetAtt": [name.removesuffix("Aliaslive"), "Arn"]}
            case {"Ref": str(name)} if document["Resources"].get(name, {}).get("Type") == "AWS::Lambda::Version":
                # moto would put its own object there.
                return f"version-{name}"
            case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]} if name in skipped:
                return f"skipped-{name}"
            case {"Fn::Sub": str(text)}:
                return {
                    "Fn::Sub": re.sub(r"\$\{(\w+)(?:\.[\w.]+)?\}", lambda m: m[1] if m[1] in skipped else m[0], text)
                }
            case dict():
                return {name: kept(inner) for name, inner in part.items()}
            case list():
                return [kept(inner) for inner in part]
        return part

    made = {name: kept(each) for name, each in document["Resources"].items() if name not in skipped}
    for each in made.values():
        each.pop("DependsOn", None)
    return {**document, "Resources": made, "Outputs": kept(document["Outputs"])}


@pytest.mark.parametrize("name", ["small", "serverless, warmed, watched, with a list", "nodes"])
def test_moto_creates_the_stack(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = stack(**COMBINATIONS[name])
    kinds = {each["Type"] for each in document["Resources"].values()}
    assert {kind for kind in kinds if resource_class_from_type(kind) is None} <= SKIPPED_BY_MOTO
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "testing")
    with mock_aws(config={"lambda": {"use_docker": False}}):
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("app.py", "")
        store = boto3.client("s3")
        store.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        store.put_object(Bucket="bucket", Key="key", Body=code.getvalue())
        client = boto3.client("cloudformation")
        wanted = for_moto(document)
        client.create_stack(StackName="qr", TemplateBody=json.dumps(wanted), Capabilities=["CAPABILITY_IAM"])
        (made,) = client.describe_stacks(StackName="qr")["Stacks"]
        assert made["StackStatus"] == "CREATE_COMPLETE"
        summaries = client.get_paginator("list_stack_resources").paginate(StackName="qr").build_full_result()
        assert {each["LogicalResourceId"] for each in summaries["StackResourceSummaries"]} == wanted["Resources"].keys()
        functions = boto3.client("lambda").list_functions()["Functions"]
        assert {each["Runtime"] for each in functions} == {"python3.13"}
        assert {output["OutputKey"] for output in made["Outputs"]} == document["Outputs"].keys()


def test_every_type_that_moto_skips_is_one_that_it_cannot_make() -> None:
    assert [kind for kind in sorted(SKIPPED_BY_MOTO) if resource_class_from_type(kind) is not None] == []
