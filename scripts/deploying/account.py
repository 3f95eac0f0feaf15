"""What an AWS account says of itself and of one stack: every call to AWS that a deployment makes beside SAM's own."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec

__all__ = ["Account", "Stack", "Unknown"]


class Unknown(Exception):
    """AWS did not say, for want of a right or of a connection; the text is what it said instead."""


class Stack(msgspec.Struct, frozen=True):
    """A stack as CloudFormation has it.

    Attributes
    ----------
    status
        Such as ``UPDATE_COMPLETE``.
    parameters, outputs
        By name.
    """

    status: str
    parameters: dict[str, str] = {}
    outputs: dict[str, str] = {}

    @property
    def exists(self) -> bool:
        """Whether it has ever been made; a change set that was declined leaves one that has not."""
        return self.status != "REVIEW_IN_PROGRESS"


class Account:
    """One account, seen from one region, with the credentials of whoever calls.

    Raises
    ------
    Unknown
        From every method: AWS did not answer, or refused to.
    """

    def __init__(self, region: str) -> None:
        self.region = region
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """Return the client of one service."""
        if service not in self._clients:
            self._clients[service] = self._session.client(service, region_name=self.region)
        return self._clients[service]

    def identity(self) -> str:
        """Who calls, as an ARN."""
        return str(self._ask("sts", "get_caller_identity")["Arn"])

    def stack(self, name: str) -> Stack | None:
        """Return the stack of that name, or None where there is none."""
        try:
            (found,) = self._ask("cloudformation", "describe_stacks", StackName=name)["Stacks"]
        except Unknown as unknown:
            if "does not exist" in str(unknown):
                return None
            raise
        return Stack(
            found["StackStatus"],
            {each["ParameterKey"]: each.get("ParameterValue", "") for each in found.get("Parameters", ())},
            {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", ())},
        )

    def protect(self, name: str, *, protected: bool) -> None:
        """Have the stack refuse to be deleted, or not any more. Nothing in a template can say this."""
        self._ask(
            "cloudformation", "update_termination_protection", StackName=name, EnableTerminationProtection=protected
        )

    def concurrency(self) -> tuple[int, int]:
        """How many executions may run at once, and how many of them nobody has reserved."""
        limit = self._ask("lambda", "get_account_settings")["AccountLimit"]
        return limit["ConcurrentExecutions"], limit["UnreservedConcurrentExecutions"]

    def zones(self) -> list[str]:
        """Return the availability zones of the region that can be used, by name."""
        filters = [{"Name": "zone-type", "Values": ["availability-zone"]}, {"Name": "state", "Values": ["available"]}]
        zones = self._ask("ec2", "describe_availability_zones", Filters=filters)["AvailabilityZones"]
        return sorted(zone["ZoneName"] for zone in zones)

    def has_cache(self, kind: str, name: str) -> bool:
        """Whether there is an ElastiCache of that kind (``serverless``, ``nodes``) and name, or a user group of it."""
        call = {
            "serverless": ("describe_serverless_caches", "ServerlessCacheName"),
            "nodes": ("describe_replication_groups", "ReplicationGroupId"),
        }[kind]
        return self._there(*call, name) or self._there("describe_user_groups", "UserGroupId", name)

    def log_groups(self, prefix: str) -> list[str]:
        """Return the log groups whose names begin like this."""
        groups = self._ask("logs", "describe_log_groups", logGroupNamePrefix=prefix)["logGroups"]
        return [group["logGroupName"] for group in groups]

    def red_alarms(self, prefix: str) -> list[str]:
        """Return the alarms that are red and whose names begin like this."""
        alarms = self._ask("cloudwatch", "describe_alarms", AlarmNamePrefix=prefix, StateValue="ALARM")
        return [alarm["AlarmName"] for alarm in alarms["MetricAlarms"]]

    def _there(self, call: str, parameter: str, name: str) -> bool:
        try:
            self._ask("elasticache", call, **{parameter: name})
        except Unknown as unknown:
            if "NotFound" in str(unknown):
                return False
            raise
        return True

    def _ask(self, service: str, call: str, **parameters: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self.client(service), call)(**parameters)
        except (BotoCoreError, ClientError) as error:
            raise Unknown(str(error)) from error

    @cached_property
    def _session(self) -> Any:
        import boto3

        return boto3.session.Session()
