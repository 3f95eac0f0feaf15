"""The stacks that docs/operations.md describes, by the parameters that make them.

``python -m tests.infrastructure.combinations FOLDER`` writes the resources of all of them, as CloudFormation would see
them, for a program that looks at each by itself.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

from tests.infrastructure.expanded import stack

__all__ = ["COMBINATIONS", "write", "write_resources"]

EXISTING_VPC = {"VpcId": "vpc-0a1b2c3d", "SubnetIds": "subnet-0a1b2c3d,subnet-4e5f6a7b"}
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/qr/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
HASH = "0123456789abcdef" * 4

COMBINATIONS: dict[str, dict[str, str]] = {
    "small": {},
    "memory only, on x86_64, with everything about the functions": {
        "Architecture": "x86_64",
        "SnapStart": "true",
        "ReservedConcurrency": "2",
        "DeploymentType": "Canary10Percent5Minutes",
        "ReleaseHash": HASH,
        "DeletionProtection": "true",
        "GenerateConcurrency": "100",
        "StopAtAlarm": "false",
        "LogCallers": "true",
        "MonthlyBudgetUsd": "50",
        "Studio": "false",
    },
    "memory only, after it has left a VPC": {"LeavesVpc": "true", "DeletionProtection": "lifted"},
    "serverless": {"Cache": "serverless"},
    "serverless in an existing VPC": {"Cache": "serverless", **EXISTING_VPC, "RouteTableIds": "rtb-0a1b2c3d"},
    "serverless, warmed, watched, with a list": {
        "Cache": "serverless",
        "RedisWarmCache": "true",
        "WarmPatterns": "s3://lists/shop/warm.jsonl",
        "AssetsBucket": "brand",
        "HitRateAlarmPercent": "60",
        "AlarmEmail": "operator@example.com",
    },
    "nodes": {"Cache": "nodes", "CacheShards": "3", "CacheReplicas": "2"},
    "nodes in zones that are chosen": {"Cache": "nodes", "Zones": "us-east-1b,us-east-1d"},
    "nodes in an existing VPC": {"Cache": "nodes", **EXISTING_VPC},
    "existing server over the internet": {
        "Cache": "existing",
        "RedisUrl": "rediss://redis.example.com:6380/0",
        "RedisAuth": "password",
        "RedisUsername": "user",
        "RedisPassword": "secret",
    },
    "existing cluster in its VPC, password in a secret": {
        "Cache": "existing",
        "RedisClusterNodes": "redis.internal:6379",
        "RedisTls": "true",
        "RedisAuth": "password",
        "RedisPasswordSecret": "qr/redis",
        "RedisSecurityGroupId": "sg-0a1b2c3d",
        **EXISTING_VPC,
    },
    "existing ElastiCache, logged in to with the role": {
        "Cache": "existing",
        "RedisClusterNodes": "shop.serverless.euc1.cache.amazonaws.com:6379",
        "RedisTls": "true",
        "RedisAuth": "iam",
        "RedisUsername": "qr",
        "RedisIamCacheName": "shop",
        **EXISTING_VPC,
    },
    "existing sentinels": {
        "Cache": "existing",
        "RedisSentinelNodes": "one:26379,two:26379,three:26379",
        "RedisSentinelMaster": "qr",
        **EXISTING_VPC,
    },
    "styles, and nothing without one": {"AssetsBucket": "brand", "RequireStyle": "true"},
    "styles behind CloudFront": {"CloudFront": "true", "AssetsBucket": "brand", "RequireStyle": "true"},
    "tokens": {"JwtIssuer": "https://login.example.com/", "JwtAudience": "qr,print"},
    "signed URLs": {
        "Signing": "required",
        "SigningKeySecret": "qr/addresses",
        "SigningKeyVersion": "2b",
        "SigningKeyId": "2026-11",
        "SigningKeyPreviousVersion": "1a",
        "SigningKeyPreviousId": "2026-10",
    },
    "signed URLs, and no way around CloudFront": {
        "Signing": "required",
        "SigningKeySecret": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:qr-a1b2c3",
        "CloudFront": "true",
        "OriginOnly": "true",
    },
    "operators who sign, before CloudFront and a cache": {
        "Signing": "admin",
        "SigningKeySecret": "qr/operators",
        "CloudFront": "true",
        "Cache": "serverless",
    },
    "domain": {"DomainName": "qr.example.com", "CertificateArn": CERTIFICATE, "HostedZoneId": "Z0123456789ABCDEFGHIJ"},
    "CloudFront": {"CloudFront": "true"},
    "CloudFront, and no way around it": {"CloudFront": "true", "OriginOnly": "true"},
    "CloudFront with a domain and a firewall": {
        "CloudFront": "true",
        "DomainName": "qr.example.com",
        "CertificateArn": CERTIFICATE,
        "HostedZoneId": "Z0123456789ABCDEFGHIJ",
        "WebAclArn": WEB_ACL,
    },
}


def write(folder: Path) -> list[Path]:
    """Write every stack into `folder`, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name.replace(' ', '-').replace(',', '')}.json" for name in COMBINATIONS]
    for file, given in zip(files, COMBINATIONS.values(), strict=True):
        file.write_text(json.dumps(stack(**given), indent=1), encoding="utf-8")
    return files


def write_resources(folder: Path) -> None:
    """Write the resources of all stacks into `folder`, a file for each stack, without those of the stacks before it."""
    folder.mkdir(parents=True, exist_ok=True)
    written = set()
    for number, given in enumerate(COMBINATIONS.values()):
        expanded = stack(**given)
        new = {}
        for name, resource in expanded["Resources"].items():
            text = f"{name} {json.dumps(resource, sort_keys=True)}"
            if text not in written:
                written.add(text)
                new[name] = resource
        if new:
            file = folder / f"stack-{number}.json"
            file.write_text(json.dumps({**expanded, "Resources": new}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    logging.disable(logging.WARNING)
    write_resources(Path(sys.argv[1]))
