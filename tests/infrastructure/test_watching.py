"""Alarms and the dashboard: that what they look at is there, and that somebody is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.infrastructure.combinations import COMBINATIONS
from tests.infrastructure.expanded import of_type

from qr_engine.observability import METRICS

STACK = {"Ref": "AWS::StackName"}
WATCHED = {"Cache": "serverless", "HitRateAlarmPercent": "60"}
EVERYWHERE = {
    "ApiErrorsAlarm",
    "ApiFailuresAlarm",
    "ApiLatencyAlarm",
    "ClearErrorsAlarm",
    "GenerateErrorsAlarm",
    "ReleaseErrorsAlarm",
    "ReleaseFailuresAlarm",
    "ReleaseLatencyAlarm",
    "StatsErrorsAlarm",
    "ThrottlesAlarm",
    "WarmErrorsAlarm",
    "WarmFailuresAlarm",
}


SHARED = {"BreakerAlarm", "CacheErrorsAlarm", "CacheLostAlarm"}


def alarms(**given: str) -> dict[str, Any]:
    return of_type("AWS::CloudWatch::Alarm", **given)


def looked_at(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """The metrics of an alarm."""
    if "Metrics" not in alarm:
        return [alarm]
    return [each["MetricStat"]["Metric"] for each in alarm["Metrics"] if "MetricStat" in each]


def dimensions(metric: dict[str, Any]) -> dict[str, Any]:
    return {each["Name"]: each["Value"] for each in metric["Dimensions"]}


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({}, set()),
        ({"Cache": "serverless"}, SHARED | {"CacheThrottledAlarm", "ServerlessMemoryAlarm"}),
        ({"Cache": "nodes"}, SHARED | {"NodeAccessAlarm", "NodeCpuAlarm", "NodeEvictionsAlarm", "NodeMemoryAlarm"}),
        (COMBINATIONS["existing sentinels"], SHARED),
        ({"HitRateAlarmPercent": "60"}, {"HitRateAlarm"}),
    ],
)
def test_there_is_an_alarm_for_what_can_go_wrong(given: dict[str, str], more: set[str]) -> None:
    assert alarms(**given).keys() == EVERYWHERE | more


@pytest.mark.parametrize("given", [WATCHED, {"Cache": "nodes"}])
def test_every_alarm_tells_the_topic_and_explains_itself_and_is_calm_without_data(given: dict[str, str]) -> None:
    for alarm in alarms(**given).values():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]
        assert alarm["TreatMissingData"] == "notBreaching"
        assert alarm["AlarmDescription"]


def test_only_alarms_of_this_account_may_publish() -> None:
    (policy,) = of_type("AWS::SNS::TopicPolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_the_operator_is_told_where_there_is_an_address() -> None:
    (subscription,) = of_type("AWS::SNS::Subscription", AlarmEmail="operator@example.com").values()
    assert subscription["Endpoint"] == "operator@example.com"
    assert not of_type("AWS::SNS::Subscription")


def test_an_alarm_on_a_metric_of_the_engine_looks_at_one_that_it_writes() -> None:
    found = [each for alarm in alarms(**WATCHED).values() for each in looked_at(alarm)]
    # What a filter counts in the log has no dimensions, and the name of the stack in its own.
    own = [each for each in found if each["Namespace"] == "QREngine" and "Dimensions" in each]
    assert {each["MetricName"] for each in own} == {"MemoryHits", "RedisHits", "Misses", "BreakerOpened", "CacheErrors"}
    for each in own:
        assert dimensions(each) == {"service": STACK}
        assert each["MetricName"] in METRICS


def test_the_metrics_of_a_stack_carry_its_name() -> None:
    for function in of_type("AWS::Lambda::Function").values():
        variables = function["Environment"]["Variables"]
        assert (variables["POWERTOOLS_SERVICE_NAME"], variables["POWERTOOLS_METRICS_NAMESPACE"]) == (STACK, "QREngine")


def test_the_log_level_never_hides_the_metrics() -> None:
    # Lambda would drop metrics lines, which have no level, where ApplicationLogLevel asks for more than INFO.
    for function in of_type("AWS::Lambda::Function", LogLevel="ERROR").values():
        assert "ApplicationLogLevel" not in function["LoggingConfig"]


def test_debug_passes_lambda_s_own_level() -> None:
    for name, function in of_type("AWS::Lambda::Function", LogLevel="DEBUG").items():
        if name != "HookFunction":
            assert function["LoggingConfig"]["ApplicationLogLevel"] == "DEBUG"


def dashboard(**given: str) -> list[dict[str, Any]]:
    (found,) = of_type("AWS::CloudWatch::Dashboard", **given).values()
    text: str = found["DashboardBody"]["Fn::Sub"]
    widgets: list[dict[str, Any]] = json.loads(text.replace("${!", "{"))["widgets"]
    return widgets


def test_the_dashboard_shows_everything_that_the_engine_writes() -> None:
    shown = json.dumps(dashboard())
    assert [name for name in (*METRICS, "Requests") if name not in shown] == []


def test_the_dashboard_shows_nothing_of_the_engine_that_it_does_not_write() -> None:
    for widget in dashboard():
        for metric in widget["properties"]["metrics"]:
            if metric[0] == "QREngine":
                assert metric[1] in METRICS
                assert metric[2:4] == ["service", "${AWS::StackName}"]


def test_a_budget_tells_the_same_topic_where_one_is_set() -> None:
    assert not of_type("AWS::Budgets::Budget")
    (budget,) = of_type("AWS::Budgets::Budget", MonthlyBudgetUsd="50").values()
    assert budget["Budget"]["BudgetLimit"] == {"Amount": "50", "Unit": "USD"}
    for notification in budget["NotificationsWithSubscribers"]:
        assert notification["Subscribers"] == [{"SubscriptionType": "SNS", "Address": {"Ref": "AlarmTopic"}}]
    (policy,) = of_type("AWS::SNS::TopicPolicy", MonthlyBudgetUsd="50").values()
    *_, statement = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "budgets.amazonaws.com"}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
