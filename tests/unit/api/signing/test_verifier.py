from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

import pytest
from tests.signing_vectors import KEY, VECTORS, Request, Vector, split
from tests.unit.api.routes.conftest import event_v1, event_v2

from qr_engine.api import gateway
from qr_engine.api.signing.keys import Key, keys_of, sign
from qr_engine.api.signing.verifier import LONGEST_SECONDS, MAX_REMEMBERED, Signed, Verifier
from qr_engine.config import load
from qr_engine.errors import BadSignature, SignatureExpired

NOW = 1_790_000_000.5
NEW, OLD = "n" * 32, "o" * 40
KEYS = keys_of(
    load(
        {
            "SIGNING_KEY": NEW,
            "SIGNING_KEY_ID": "new",
            "SIGNING_KEY_PREVIOUS": OLD,
            "SIGNING_KEY_PREVIOUS_ID": "old",
        }
    )
)
GENERATE = "/api/qr/generate"


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(KEYS, expires=False)


def signed(query: str, key: Key = KEYS[0], path: str = GENERATE, method: str = "GET", body: str = "") -> str:
    """The query with its signature."""
    return f"{query}&sig={sign(key, method, path, query, body.encode())}"


def get(query: str, method: str = "GET", body: str | None = None) -> gateway.Request:
    return gateway.Request(event_v2(f"{method} {GENERATE}", query=query, body=body))


def refusal(verifier: Verifier, request: gateway.Request, now: float = NOW) -> tuple[str, str]:
    """The field that a refusal is about, and its message."""
    with pytest.raises(BadSignature) as caught:
        verifier.verify(request, now)
    (issue,) = caught.value.issues
    return issue.path, issue.message


def event_of(request: Request, signature: str) -> dict[str, Any]:
    path, query, body = split(request)
    parameters: dict[str, Any] = {}
    if path.startswith("/api/qr/generate."):
        parameters = {"pathParameters": {"picture": path.removeprefix("/api/qr/")}}
        path = "/api/qr/{picture}"
    event = event_v2(f"{request.method} {path}", query=f"{query}&sig={signature}", body=body or None)
    return event | parameters


@pytest.mark.parametrize("vector", VECTORS, ids=[vector.name for vector in VECTORS])
def test_a_signature_is_that_of_its_request_in_every_spelling_and_of_no_other(vector: Vector):
    verifier = Verifier(keys_of(load({"SIGNING_KEY": KEY, "SIGNING_KEY_ID": "2026-11"})), expires=False)
    for each in (vector.request, *vector.same):
        assert verifier.verify(gateway.Request(event_of(each, vector.signature)), NOW).key == "2026-11"
    for each in vector.other:
        with pytest.raises(BadSignature):
            verifier.verify(gateway.Request(event_of(each, vector.signature)), NOW)


def test_a_request_without_a_signature_is_told_that_it_needs_one(verifier: Verifier):
    assert refusal(verifier, get("data=x")) == ("sig", "Must be given: this route only answers signed URLs.")
    assert refusal(verifier, get("data=x&sig="))[0] == "sig"


def test_a_changed_request_is_told_what_should_have_been_signed(verifier: Verifier):
    changed = signed("data=x").replace("data=x", "data=y")
    with pytest.raises(BadSignature) as caught:
        verifier.verify(get(changed), NOW)
    assert caught.value.extra == {"string_to_sign": f"GET\n{GENERATE}\ndata=y"}


@pytest.mark.parametrize("length", [16, 17, 18, 31, 32])
def test_the_first_bytes_of_a_signature_are_enough_with_padding_and_without(verifier: Verifier, length: int):
    digest = KEYS[0].mac.digest(f"GET\n{GENERATE}\ndata=x".encode())[:length]
    text = urlsafe_b64encode(digest).decode()
    for each in (text, text.rstrip("="), text.replace("=", "%3D")):
        assert verifier.verify(get(f"data=x&sig={each}"), NOW) == Signed("new", None)


@pytest.mark.parametrize("length", [0, 1, 12, 15])
def test_fewer_bytes_are_not(verifier: Verifier, length: int):
    digest = KEYS[0].mac.digest(f"GET\n{GENERATE}\ndata=x".encode())[:length]
    assert refusal(verifier, get(f"data=x&sig={urlsafe_b64encode(digest).decode()}"))[0] == "sig"


@pytest.mark.parametrize("change", ["A", "_" * 400, "\u00e9" * 43, "%00", "===", "+"])
def test_what_is_no_signature_is_refused(verifier: Verifier, change: str):
    assert refusal(verifier, get(signed("data=x") + change))[0] == "sig"
    assert refusal(verifier, get(f"data=x&sig={change}"))[0] == "sig"


@pytest.mark.parametrize(
    ("query", "field"),
    [("data=x&exp=1900000000&exp=1900000001", "exp"), ("data=x&kid=new&kid=new", "kid")],
)
def test_what_can_only_be_one_comes_once(verifier: Verifier, query: str, field: str):
    assert refusal(verifier, get(signed(query))) == (field, "Must be given once.")


def test_two_signatures_are_none(verifier: Verifier):
    query = signed("data=x")
    assert refusal(verifier, get(f"{query}&{query.rpartition('&')[2]}")) == ("sig", "Must be given once.")


@pytest.mark.parametrize("value", ["soon", "-1", "1.5", "1e9", "9" * 13, "%2B5", "%D9%A1"])
def test_a_moment_is_a_whole_number(verifier: Verifier, value: str):
    assert refusal(verifier, get(signed(f"data=x&exp={value}"))) == (
        "exp",
        "Must be a whole number of seconds since 1970.",
    )


def test_an_address_works_until_its_moment(verifier: Verifier):
    request = get(signed(f"data=x&exp={int(NOW) + 10}"))
    assert verifier.verify(request, NOW) == Signed("new", int(NOW) + 10)
    # Having been good does not help later.
    for now in (int(NOW) + 10, NOW + 10, NOW + 1e6):
        with pytest.raises(SignatureExpired, match="2026-09-21 14:13:30 UTC"):
            verifier.verify(request, now)
    assert verifier.verify(request, int(NOW) + 9.9).expires == int(NOW) + 10


def test_both_keys_sign_with_their_names_and_without(verifier: Verifier):
    for key in KEYS:
        assert verifier.verify(get(signed("data=x", key)), NOW).key == key.id
        assert verifier.verify(get(signed(f"data=x&kid={key.id}", key)), NOW).key == key.id


def test_a_name_stands_for_its_key_alone(verifier: Verifier):
    assert refusal(verifier, get(signed("data=x&kid=old", KEYS[0])))[0] == "sig"
    assert refusal(verifier, get(signed("data=x&kid=older"))) == ("kid", "Must name a current key, or be left out.")


def test_a_key_without_a_name_is_called_by_its_place_in_logs_and_by_nothing_in_addresses():
    keys = keys_of(load({"SIGNING_KEY": NEW, "SIGNING_KEY_PREVIOUS": OLD}))
    verifier = Verifier(keys, expires=False)
    assert [verifier.verify(get(signed("data=x", key)), NOW).key for key in keys] == ["current", "previous"]
    assert refusal(verifier, get(signed("data=x&kid=current", keys[0])))[0] == "kid"


def test_a_key_that_is_taken_away_signs_nothing_any_more():
    query = signed("data=x", KEYS[1])
    assert refusal(Verifier(KEYS[:1], expires=False), get(query))[0] == "sig"


def test_what_is_remembered_of_a_get_says_nothing_of_other_requests(verifier: Verifier):
    query = signed("data=x")
    for _ in range(2):
        verifier.verify(get(query), NOW)
        verifier.verify(get(query, method="HEAD"), NOW)
    assert refusal(verifier, get(query, method="POST"))[0] == "sig"
    assert refusal(verifier, get(query, body="{}"))[0] == "sig"
    assert refusal(verifier, gateway.Request(event_v2("GET /qr", query=query)))[0] == "sig"
    assert refusal(verifier, get(query + "&size=64"))[0] == "sig"
    for ending in ("png", "svg"):
        event = event_v2("GET /api/qr/{picture}", query=signed("data=x", path=f"{GENERATE}.png"))
        request = gateway.Request(event | {"pathParameters": {"picture": f"generate.{ending}"}})
        if ending == "png":
            verifier.verify(request, NOW)
        else:
            assert refusal(verifier, request)[0] == "sig"


def test_the_addresses_that_came_last_are_remembered_and_refused_ones_never(verifier: Verifier):
    remembered = verifier._remembered
    refusal(verifier, get("data=x&sig=" + "A" * 43))
    assert not remembered
    for number in range(MAX_REMEMBERED + 3):
        verifier.verify(get(signed(f"data={number}")), NOW)
    assert len(remembered) == MAX_REMEMBERED
    verifier.verify(get(signed("data=" + "x" * 1100)), NOW)
    assert len(remembered) == MAX_REMEMBERED


def test_a_rest_api_has_decoded_the_query(verifier: Verifier):
    query = "gradient.colors=navy&data=a%20b%2Bc+d&title=&gradient.colors=teal"
    signature = sign(KEYS[0], "GET", GENERATE, query)
    decoded = {"sig": [signature], "data": ["a b+c d"], "title": [""], "gradient.colors": ["navy", "teal"]}
    event = event_v1(f"GET {GENERATE}", query=decoded)
    # A stage, and what a domain puts before it, are no part of the route.
    event |= {"path": f"/codes/prod{GENERATE}", "requestContext": {"stage": "prod"}}
    assert verifier.verify(gateway.Request(event), NOW).key == "new"
    swapped = event_v1(f"GET {GENERATE}", query=decoded | {"gradient.colors": ["teal", "navy"]})
    assert refusal(verifier, gateway.Request(swapped))[0] == "sig"


def test_a_stage_is_no_part_of_the_path(verifier: Verifier):
    event = event_v2(f"GET {GENERATE}", query=signed("data=x"))
    event |= {"rawPath": f"/prod{GENERATE}"}
    event["requestContext"]["http"]["path"] = f"/prod{GENERATE}"
    assert verifier.verify(gateway.Request(event), NOW).key == "new"


def test_a_body_in_base64_is_signed_as_the_client_sent_it(verifier: Verifier):
    body = '{"data": "žluť"}'
    query = signed("exp=1900000000", method="POST", body=body)
    for each in (body, body.encode()):
        verifier.verify(gateway.Request(event_v2(f"POST {GENERATE}", query=query, body=each)), NOW)
    swapped = gateway.Request(event_v2(f"POST {GENERATE}", query=query, body='{"data": "x"}'))
    assert refusal(verifier, swapped)[0] == "sig"


@pytest.mark.parametrize("expires", [None, NOW + LONGEST_SECONDS + 1, NOW + 1e8])
def test_where_addresses_have_to_expire_they_do_so_soon(expires: float | None):
    verifier = Verifier(KEYS, expires=True)
    query = signed("pattern=a" if expires is None else f"pattern=a&exp={int(expires)}")
    assert refusal(verifier, get(query)) == ("exp", "Must be within the next 3600 seconds for the cache routes.")
    verifier.verify(get(signed(f"pattern=a&exp={int(NOW) + LONGEST_SECONDS}")), NOW)
