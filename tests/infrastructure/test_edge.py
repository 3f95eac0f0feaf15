"""What may stand in front of the API: CloudFront, a firewall, a domain."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest
from tests.infrastructure.combinations import CERTIFICATE, COMBINATIONS, WEB_ACL
from tests.infrastructure.expanded import of_type, refused, routes, variables

WHOLE = COMBINATIONS["CloudFront with a domain and a firewall"]


def distribution(**given: str) -> dict[str, Any]:
    (found,) = of_type("AWS::CloudFront::Distribution", CloudFront="true", **given).values()
    configuration: dict[str, Any] = found["DistributionConfig"]
    return configuration


def test_there_is_none_of_it_unless_it_is_asked_for() -> None:
    for kind in (
        "CloudFront::Distribution",
        "CloudFront::CachePolicy",
        "ApiGatewayV2::DomainName",
        "Route53::RecordSet",
    ):
        assert not of_type(f"AWS::{kind}")


def test_a_picture_is_kept_by_its_whole_query_string_and_by_what_the_client_accepts() -> None:
    (policy,) = of_type("AWS::CloudFront::CachePolicy", CloudFront="true").values()
    key = policy["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert key["HeadersConfig"] == {"HeaderBehavior": "whitelist", "Headers": ["Accept"]}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert key["EnableAcceptEncodingGzip"] is True


def test_it_is_kept_as_long_as_the_api_says() -> None:
    (policy,) = of_type("AWS::CloudFront::CachePolicy", CloudFront="true").values()
    told = policy["CachePolicyConfig"]
    assert (told["MinTTL"], told["DefaultTTL"], told["MaxTTL"]) == (0, 0, 31_536_000)


READING = {"/v1/read-qr-code", "/v1/read-qr-code/"}
NOT_KEPT = {"/api/qr/styles", "/healthz", "/openapi.json", "/llms.txt", "/", *READING}
"""Public GET routes whose answer is of the moment."""


PAGE_FILES = "/studio/{version}/{file}"


def test_every_public_get_is_kept_and_normalised_and_nothing_else() -> None:
    public = {key.partition(" ")[2] for key, route in routes().items() if key.startswith("GET ") and not route.needs}
    kept, rest = distribution()["CacheBehaviors"], distribution()["DefaultCacheBehavior"]
    kept = [each for each in kept if not fnmatchcase(PAGE_FILES, each["PathPattern"])]
    public = {path.replace("{picture}", "generate.*") for path in public - NOT_KEPT - {PAGE_FILES}}
    patterns = [each["PathPattern"] for each in kept]
    assert len(set(patterns)) == len(patterns)
    matched = {path: [pattern for pattern in patterns if fnmatchcase(path, pattern)] for path in public}
    assert {len(found) for found in matched.values()} == {1}, matched
    assert {pattern for found in matched.values() for pattern in found} == set(patterns)
    others = {key.partition(" ")[2].replace("{picture}", "generate.*") for key in routes()} - matched.keys()
    assert not [path for path in others for pattern in patterns if fnmatchcase(path, pattern)]
    for each in kept:
        assert each["CachedMethods"] == ["GET", "HEAD"]
        assert {"POST", "OPTIONS"} <= set(each["AllowedMethods"]) & set(rest["AllowedMethods"])
        assert each["CachePolicyId"] == {"Ref": "PicturePolicy"}
        (association,) = each["FunctionAssociations"]
        assert association == {
            "EventType": "viewer-request",
            "FunctionARN": {"Fn::GetAtt": ["EdgeFunction", "FunctionARN"]},
        }
    assert rest["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert "FunctionAssociations" not in rest


def test_the_files_of_the_page_are_kept_by_their_path_alone() -> None:
    (behavior,) = (each for each in distribution()["CacheBehaviors"] if fnmatchcase(PAGE_FILES, each["PathPattern"]))
    # AWS's own CachingOptimized, whose keys have neither a query nor a header but the coding.
    assert behavior["CachePolicyId"] == "658327ea-f89d-4fab-a63d-7e88639e58f6"
    assert behavior["CachedMethods"] == behavior["AllowedMethods"] == ["GET", "HEAD"]
    assert behavior["Compress"] is True
    assert "FunctionAssociations" not in behavior


def test_no_error_is_kept() -> None:
    errors = {each["ErrorCode"]: each["ErrorCachingMinTTL"] for each in distribution()["CustomErrorResponses"]}
    assert {400, 404, 500, 503} <= errors.keys()
    assert set(errors.values()) == {0}


def test_both_ways_are_encrypted() -> None:
    told = distribution(**{name: WHOLE[name] for name in ("DomainName", "CertificateArn")})
    (origin,) = told["Origins"]
    assert origin["CustomOriginConfig"] == {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]}
    assert {each["ViewerProtocolPolicy"] for each in (told["DefaultCacheBehavior"], *told["CacheBehaviors"])} == {
        "redirect-to-https"
    }
    assert told["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"


def test_pages_of_the_same_sites_may_read_what_is_kept() -> None:
    given = {"CloudFront": "true", "AllowedOrigins": "https://shop.example.com,https://example.com"}
    (policy,) = of_type("AWS::CloudFront::ResponseHeadersPolicy", **given).values()
    cors = policy["ResponseHeadersPolicyConfig"]["CorsConfig"]
    (api,) = of_type("AWS::ApiGatewayV2::Api", **given).values()
    own = api["Body"]["x-amazon-apigateway-cors"]
    assert cors["AccessControlAllowOrigins"]["Items"] == own["allowOrigins"]
    assert cors["AccessControlAllowHeaders"]["Items"] == own["allowHeaders"]
    assert cors["AccessControlExposeHeaders"]["Items"] == own["exposeHeaders"]


def test_a_firewall_stands_before_it_where_there_is_one() -> None:
    assert distribution(WebAclArn=WEB_ACL)["WebACLId"] == WEB_ACL
    assert "WebACLId" not in distribution()


@pytest.mark.parametrize("cloud_front", ["false", "true"])
def test_a_domain_leads_to_what_stands_in_front(cloud_front: str) -> None:
    given = {**COMBINATIONS["domain"], "CloudFront": cloud_front}
    (record,) = of_type("AWS::Route53::RecordSet", **given).values()
    front = {"false": ["ApiDomain", "RegionalDomainName"], "true": ["Distribution", "DomainName"]}[cloud_front]
    assert (record["Name"], record["AliasTarget"]["DNSName"]) == ("qr.example.com", {"Fn::GetAtt": front})


def test_without_cloudfront_the_api_answers_to_the_domain_itself() -> None:
    (domain,) = of_type("AWS::ApiGatewayV2::DomainName", **COMBINATIONS["domain"]).values()
    (told,) = domain["DomainNameConfigurations"]
    assert told == {"CertificateArn": CERTIFICATE, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}
    (mapping,) = of_type("AWS::ApiGatewayV2::ApiMapping", **COMBINATIONS["domain"]).values()
    assert mapping["ApiId"] == {"Ref": "Api"}


def test_the_way_around_cloudfront_is_closed_by_a_secret_that_only_it_and_the_functions_know() -> None:
    (origin,) = distribution(OriginOnly="true")["Origins"]
    (header,) = origin["OriginCustomHeaders"]
    assert header["HeaderName"] == "x-origin-secret"
    assert header["HeaderValue"] == {"Fn::Sub": "{{resolve:secretsmanager:${OriginSecret}}}"}
    given = variables(CloudFront="true", OriginOnly="true")
    assert {str(each["ORIGIN_SECRET"]) for each in given.values()} == {str(header["HeaderValue"])}
    assert "OriginCustomHeaders" not in distribution()["Origins"][0]
    assert {each["ORIGIN_SECRET"] for each in variables(CloudFront="true").values()} == {""}
    assert not of_type("AWS::SecretsManager::Secret", CloudFront="true")


def test_without_cloudfront_nobody_could_show_the_secret() -> None:
    assert refused(OriginOnly="true") == ["OriginOnly needs CloudFront=true; nobody else knows the secret."]
