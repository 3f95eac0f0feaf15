"""docs/operations.md, held to the template, the metrics and its own arithmetic."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from scripts.local_api.routes import parse
from scripts.release import environments
from tests.infrastructure.expanded import ROOT, of_type

from qr_engine.observability import METRICS

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
PRICES = {what: float(price) for what, price in re.findall(r"^\| ([^|]+?) \| (\d+\.\d+) \|$", PAGE, flags=re.MULTILINE)}
MILLION = 1_000_000


def test_every_alarm_has_a_runbook() -> None:
    runbooks = set(re.findall(r"^#### (\w+Alarm)$", PAGE, flags=re.MULTILINE))
    alarms = of_type("AWS::CloudWatch::Alarm", Cache="serverless", HitRateAlarmPercent="60")
    assert runbooks == alarms.keys() | of_type("AWS::CloudWatch::Alarm", Cache="nodes").keys()
    for name in runbooks:
        text = PAGE.split(f"#### {name}\n")[1].split("\n#")[0]
        assert all(f"**{part}.**" in text for part in ("Means", "Look at", "Do")), name


def looked_at(**given: str) -> int:
    """How many metrics the alarms of a stack look at, which is what AWS charges for."""
    alarms = of_type("AWS::CloudWatch::Alarm", **given).values()
    return sum(sum("MetricStat" in each for each in alarm.get("Metrics", [{"MetricStat": {}}])) for alarm in alarms)


def test_the_alarms_cost_what_it_says() -> None:
    small, serverless, nodes, least, most = said(
        r"look at: (\d+) in the small stack, (\d+) with Serverless and (\d+) with nodes, .* so ([\d.]+) to ([\d.]+)\."
    )
    assert (small, serverless, nodes) == (looked_at(), looked_at(Cache="serverless"), looked_at(Cache="nodes"))
    assert least == pytest.approx(small / 10)
    assert most == pytest.approx(looked_at(Cache="nodes", HitRateAlarmPercent="60") / 10)


def test_every_metric_is_described() -> None:
    assert [name for name in METRICS if f"`{name}`" not in PAGE] == []


def test_what_it_calls_parameters_and_outputs_are_some() -> None:
    template = parse(ROOT / "template.yaml")
    known = template["Parameters"].keys() | template["Outputs"].keys() | METRICS.keys() | {"Requests", "Duration"}
    known |= {"Accept"} | {name for name in template["Resources"] if name.endswith(("Alarm", "CacheUser"))}
    named = set(re.findall(r"`([A-Z][a-z]+[A-Za-z]*)(?:=[^`]*)?`", PAGE))
    assert named - known == set()


def test_a_stack_has_every_parameter_that_its_row_names() -> None:
    parameters = parse(ROOT / "template.yaml")["Parameters"]
    rows = PAGE.split("| stack | parameters |")[1].split("\n\n")[0]
    for name, value in re.findall(r"`(\w+)(?:=([^`]*))?`", rows):
        assert value in map(str, parameters[name].get("AllowedValues", [value])), name


@pytest.mark.parametrize("architecture", ["arm64", "x86_64"])
def test_the_dashboard_reckons_with_the_same_prices(architecture: str) -> None:
    (dashboard,) = of_type("AWS::CloudWatch::Dashboard", Architecture=architecture).values()
    widgets: list[dict[str, Any]] = json.loads(dashboard["DashboardBody"]["Fn::Sub"].replace("${!", "{"))["widgets"]
    (cost,) = (each["properties"] for each in widgets if "Cost" in each["properties"]["title"])
    assert cost["period"] == 86_400
    expressions = " ".join(each[0]["expression"] for each in cost["metrics"] if isinstance(each[0], dict))
    reckoned = {float(number) for number in re.findall(r"\* (0\.\d+)\b", expressions)}
    wanted = ["Lambda, a request", "HTTP API, a request", f"Lambda on {architecture}, a GB-second"]
    wanted += ["ElastiCache Serverless, an ECPU", "ElastiCache Serverless, a GB-hour"]
    assert {PRICES[name] for name in wanted} <= reckoned


def said(pattern: str) -> list[float]:
    """The figures in a sentence, wherever its lines break."""
    found = re.search(pattern, " ".join(PAGE.split()))
    assert found is not None
    return [float(figure.replace(",", "")) for figure in found.groups()]


ROWS = re.findall(r"^\| (plain SVG|styled PNG) \| (?:(\d+) \+ )?(\d+) % \|(.*)\|$", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[1] or 0} + {row[2]} %")
def test_the_cost_of_a_million_requests_follows_from_what_is_said_to_go_in(row: tuple[str, str, str, str]) -> None:
    picture, memory_percent, redis_percent, cells = row
    memory, redis = int(memory_percent or 0) / 100, int(redis_percent) / 100
    drawn = 1 - memory - redis
    (svg_ms, png_ms) = said(r"(\d+) for drawing a plain SVG and (\d+) for a styled PNG")
    (svg_kb, png_kb) = said(r"The SVG goes out with ([\d.]+) KB, the PNG with (\d+) KB")
    draw_ms, kilobytes = (svg_ms, svg_kb) if picture == "plain SVG" else (png_ms, png_kb)
    milliseconds = 2 * memory + 3 * redis + draw_ms * drawn
    ecpu = redis * (3 + kilobytes) + drawn * (3 + 3 + kilobytes)
    columns = [
        milliseconds / 1000 * 1769 / 1024 * PRICES["Lambda on arm64, a GB-second"] * MILLION,
        (PRICES["Lambda, a request"] + PRICES["HTTP API, a request"]) * MILLION,
        1.6 * PRICES["CloudWatch Logs, a GB"] + MILLION / 20 * PRICES["X-Ray, a trace"],
        kilobytes * PRICES["Transfer out, a GB"],
        ecpu * PRICES["ElastiCache Serverless, an ECPU"] * MILLION,
    ]
    told = [float(cell) for cell in cells.split("|")]
    assert told == pytest.approx([*columns, sum(columns)], abs=0.0051)


def test_three_hit_rates_are_reckoned_for_each_picture() -> None:
    assert [row[0] for row in ROWS] == ["plain SVG"] * 3 + ["styled PNG"] * 3


def test_the_worst_day_follows_from_its_figures() -> None:
    second, hour, day = said(r"= ([\d.]+) a second, (\d+) an hour, ([\d,]+) a day")
    price = 1000 * 1.7275 * PRICES["Lambda on arm64, a GB-second"]
    assert second == pytest.approx(price, abs=0.0005)
    assert hour == pytest.approx(price * 3600, abs=0.5)
    assert day == pytest.approx(price * 86_400, abs=5)
    (bounded,) = said(r"so that the day costs (\d+) at most")
    assert bounded == pytest.approx(price / 10 * 86_400, abs=0.5)


def test_a_full_cache_and_kept_versions_cost_what_it_says() -> None:
    prod = environments()["prod"].parameters
    gigabytes, gb_price, hours, held = said(r"[Pp]rod's 5 GB all month are (\d+) × ([\d.]+) × (\d+) = (\d+\.\d+)")
    assert (str(int(gigabytes)), gb_price) == (prod["CacheMaxGb"], PRICES["ElastiCache Serverless, a GB-hour"])
    assert held == pytest.approx(gigabytes * gb_price * hours, abs=0.005)
    ecpu, seconds, price, asked = said(r"a second all month ([\d,]+) × ([\d,]+) × ([\d.]+) = (\d+\.\d+)")
    assert (str(int(ecpu)), price) == (prod["CacheMaxEcpu"], PRICES["ElastiCache Serverless, an ECPU"])
    assert asked == pytest.approx(ecpu * seconds * price, abs=0.005)
    gb, snapshot, month, kept = said(r"is ([\d.]+) × ([\d.]+) × ([\d,]+) = ([\d.]+) a month, for each release")
    assert kept == pytest.approx(gb * snapshot * month, abs=0.01)


def test_a_request_to_the_cache_routes_is_signed_for_the_region_of_the_environments() -> None:
    regions = {each.region for each in environments().values()}
    assert {f"--aws-sigv4 aws:amz:{region}:execute-api" for region in regions} == {
        *re.findall(r"--aws-sigv4 \S+", PAGE)
    }
