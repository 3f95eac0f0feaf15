"""Reading a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from scripts.local_api.routes import Function, Route, Schedule, environment, parse, routes, schedules

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """
Parameters:
  Url: {Type: String, Default: ""}
  Secret: {Type: String}
Globals:
  Function:
    Handler: app.handle
    Timeout: 7
    Environment:
      Variables: {URL: !Ref Url, SECRET: !Ref Secret, NAME: fixed, ARN: !GetAtt F.Arn, JOINED: !Join ["-", [a, b]]}
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefinitionBody:
        paths:
          /f:
            post: !If [Signs, !Ref "AWS::NoValue", {security: [{AWS_IAM: []}]}]
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/f
      MemorySize: 512
      Events:
        Read: {Type: HttpApi, Properties: {Method: get, Path: /f}}
        Clear: {Type: HttpApi, Properties: {Method: post, Path: /f}}
        Timer: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}
        Told: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour), Input: '{"popular": 3}'}}
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_only_http_events_are_routes(template: Path) -> None:
    function = Function("F", "functions/f", "app.handle", 512, 7)
    assert routes(parse(template)) == (Route("GET", "/f", function), Route("POST", "/f", function, signed=True))


def test_a_schedule_is_what_it_sends_to_its_function(template: Path) -> None:
    function = Function("F", "functions/f", "app.handle", 512, 7)
    assert schedules(parse(template)) == (Schedule(function, {"popular": 3}),)


def test_the_environment_is_what_can_be_known(template: Path) -> None:
    assert environment(parse(template)) == {"URL": "", "NAME": "fixed"}


def test_a_tag_on_a_mapping_is_refused(template: Path) -> None:
    template.write_text("Resources: !Transform {Name: x}", encoding="utf-8")
    with pytest.raises(yaml.YAMLError, match="takes a value or a list"):
        parse(template)
