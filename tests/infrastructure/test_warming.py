"""What the schedule and the rule after a deployment send, whom, and what becomes of what fails."""

from __future__ import annotations

import importlib.util
import json
import re
from typing import Any

import msgspec
import pytest
from scripts.local_api.routes import parse
from tests.infrastructure.expanded import ROOT, of_type, statements

from qr_engine.config import Settings
from qr_engine.request.schema import WarmRequest

WARM = {"Ref": "WarmFunctionAliaslive"}
FAILURES = {"Fn::GetAtt": ["WarmFailures", "Arn"]}


def schedule(**given: str) -> dict[str, Any]:
    """The schedule, and its target's properties beside its own."""
    (found,) = of_type("AWS::Scheduler::Schedule", **given).values()
    return {**found, **found["Target"]}


def rule(**given: str) -> dict[str, Any]:
    """The rule that waits for deployments, and its target's properties beside its own."""
    (found,) = of_type("AWS::Events::Rule", **given).values()
    (target,) = found["Targets"]
    return {**found, **target}


SENDERS = pytest.mark.parametrize("sender", [schedule, rule])


@SENDERS
def test_it_calls_the_version_that_is_live(sender: Any) -> None:
    assert sender()["Arn"] == WARM


@SENDERS
def test_the_handler_takes_what_it_sends(sender: Any) -> None:
    spec = importlib.util.spec_from_file_location("functions.warm.app", ROOT / "functions" / "warm" / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answer = module.lambda_handler(json.loads(sender()["Input"]), None)
    assert (answer["success"], answer["failed"], answer["left"]) == (True, 0, 0)
    assert answer["count"] >= 2


@SENDERS
def test_it_warms_from_every_source(sender: Any) -> None:
    wanted = msgspec.json.decode(sender()["Input"], type=WarmRequest)
    assert all((wanted.patterns, wanted.listed, wanted.popular))


@SENDERS
@pytest.mark.parametrize(("wanted", "state"), [("false", "DISABLED"), ("true", "ENABLED")])
def test_it_is_off_until_it_is_wanted(sender: Any, wanted: str, state: str) -> None:
    assert sender(RedisWarmCache=wanted)["State"] == state


@SENDERS
def test_it_tries_again_and_then_tells_the_queue(sender: Any) -> None:
    assert sender()["RetryPolicy"]["MaximumRetryAttempts"] > 0
    assert sender()["DeadLetterConfig"] == {"Arn": FAILURES}


def test_what_the_function_itself_fails_at_goes_to_the_same_queue() -> None:
    (asynchronous,) = of_type("AWS::Lambda::EventInvokeConfig").values()
    assert (asynchronous["FunctionName"], asynchronous["Qualifier"]) == ({"Ref": "WarmFunction"}, "live")
    assert asynchronous["DestinationConfig"] == {"OnFailure": {"Destination": FAILURES}}
    assert any(
        each["Action"] == "sqs:SendMessage" and each["Resource"] == FAILURES for each in statements("WarmFunction")
    )


def test_the_queue_takes_from_the_rule_and_only_encrypted() -> None:
    (policy,) = of_type("AWS::SQS::QueuePolicy").values()
    allowed, denied = policy["PolicyDocument"]["Statement"]
    assert allowed["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["WarmFunctionDeployed", "Arn"]}}}
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_schedule_sends_what_its_event_file_says() -> None:
    event = json.loads((ROOT / "events" / "warm-scheduled.json").read_text(encoding="utf-8"))
    assert json.loads(schedule()["Input"]) == event


def test_the_schedule_comes_back_before_what_it_found_lasting_runs_out() -> None:
    # What has a tenth of its life left counts as lasting, and is only looked at again by the next run.
    (minutes,) = re.findall(r"rate\((\d+) minutes\)", schedule()["ScheduleExpression"])
    late = schedule()["FlexibleTimeWindow"]["MaximumWindowInMinutes"]
    assert (int(minutes) + late) * 60 <= Settings().redis_ttl / 10


def test_the_rule_waits_for_this_stack_to_be_done_and_for_no_other() -> None:
    pattern = rule()["EventPattern"]
    assert (pattern["source"], pattern["detail-type"]) == (
        ["aws.cloudformation"],
        ["CloudFormation Stack Status Change"],
    )
    assert pattern["detail"] == {
        "stack-id": [{"Ref": "AWS::StackId"}],
        "status-details": {"status": ["CREATE_COMPLETE", "UPDATE_COMPLETE"]},
    }


@pytest.mark.parametrize("url", ["s3://lists/*", "s3://lists/a?", "s3://lists/${aws:username}", "s3://lists/", "lists"])
def test_the_place_of_the_list_is_exactly_one_object(url: str) -> None:
    pattern = parse(ROOT / "template.yaml")["Parameters"]["WarmPatterns"]["AllowedPattern"]
    assert re.fullmatch(pattern, "s3://lists/shop/warm.jsonl")
    assert not re.fullmatch(pattern, url)
