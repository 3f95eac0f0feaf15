"""Events that are not as API Gateway sends them: hand-written ones, from consoles and other callers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qr_engine.errors import InvalidRequest

from .conftest import FUNCTION_OF, HANDLERS, Answer, answer, event_v1, event_v2

GET = "GET /api/qr/generate"
POST = "POST /api/qr/generate"
HALF = "\ud800"


def ask(event: dict[str, Any]) -> Answer:
    route = event.get("routeKey") or f"{event.get('httpMethod')} {event.get('resource')}"
    return answer(HANDLERS[FUNCTION_OF.get(str(route), "generate")](event, None))


@pytest.mark.parametrize(
    "event",
    [
        event_v2(GET, query="data=x") | {"headers": None},
        event_v2(GET, query="data=x") | {"headers": {"accept": None, "if-none-match": None, "accept-encoding": 5}},
        event_v2(POST, body='{"data": "x"}') | {"headers": {"accept": None}},
        event_v2(GET, query="data=x") | {"headers": ["accept"]},
        {"routeKey": GET, "rawQueryString": "data=x"},
        event_v1(GET, query={"data": ["x"]}) | {"multiValueQueryStringParameters": None},
        event_v1(GET, query={"data": ["x"]}) | {"queryStringParameters": ["data"]},
        event_v2(GET, query="data=x") | {"httpMethod": "POST", "resource": "/", "body": 5},
    ],
)
def test_what_an_event_lacks_or_has_too_much_of_does_not_matter(event: dict[str, Any]):
    assert ask(event).status == 200


@pytest.mark.parametrize(
    "event",
    [
        {"routeKey": GET},
        {"routeKey": POST},
        event_v2(POST) | {"body": 5},
        event_v2(POST) | {"body": True},
        event_v2(POST) | {"body": {"data": "x"}},
        event_v2(POST, body='{"data": "x"}') | {"isBase64Encoded": True},
        event_v2(POST, body=b'{"data": "x"}') | {"isBase64Encoded": False},
        event_v2(POST, body=f'{{"{HALF}": 1, "data": "x"}}'),
        event_v2(GET) | {"rawQueryString": f"data=x&{HALF}=1"},
        event_v1(GET) | {"queryStringParameters": {"data": None}},
        event_v1(GET) | {"multiValueQueryStringParameters": {"data": None, "size": [None]}},
        event_v1(GET) | {"multiValueQueryStringParameters": {"data": 5}},
        event_v1(GET) | {"queryStringParameters": {f"a{number}": "1" for number in range(101)}},
    ],
)
def test_what_an_event_has_wrong_is_a_400(event: dict[str, Any]):
    response = ask(event)
    assert (response.status, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert response.json["detail"]


@pytest.mark.parametrize("event", [{"routeKey": None}, {"routeKey": 5}, {"httpMethod": None}, {"httpMethod": "GET"}])
def test_a_route_that_is_none_is_a_404(event: dict[str, Any]):
    assert ask(event).status == 404


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
ROUTES = [
    GET,
    POST,
    "GET /qr",
    "POST /v1/create-qr-code/",
    "HEAD /chart",
    "POST /api/qr/batch",
    "POST /api/qr/validate",
    *FUNCTION_OF,
]
BODIES = st.text(max_size=40) | st.sampled_from(['{"data": "x"}', '{"codes": [{"data": "x"}]}', '{"patterns": ["x"]}'])
QUERIES = st.text(alphabet="data=&%+;.[]\x00ž\ud800size1", max_size=30)
HEADERS = st.dictionaries(st.sampled_from(["accept", "If-None-Match", "Accept-Encoding"]), ANYTHING, max_size=3)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    route=st.sampled_from(ROUTES),
    parts=st.fixed_dictionaries(
        {},
        optional={
            "body": BODIES | ANYTHING,
            "rawQueryString": QUERIES | ANYTHING,
            "headers": HEADERS | ANYTHING,
            "isBase64Encoded": st.booleans() | ANYTHING,
            "queryStringParameters": st.dictionaries(st.sampled_from(["data", "size", "a.b"]), ANYTHING) | ANYTHING,
            "multiValueQueryStringParameters": st.dictionaries(st.text(max_size=4), ANYTHING, max_size=3) | ANYTHING,
            "requestContext": ANYTHING,
        },
    ),
    first=st.booleans(),
)
def test_no_event_is_a_5xx(route: str, parts: dict[str, Any], first: bool):
    method, path = route.split(" ")
    event = {"httpMethod": method, "resource": path} if first else {"routeKey": route}
    assert ask(event | parts).status < 500


@pytest.mark.parametrize(
    "event",
    [
        {"routeKey": f"GET /{HALF}"},
        {"routeKey": HALF, "rawQueryString": HALF},
        {"httpMethod": "GET", "resource": f"/api/{HALF}"},
        {"httpMethod": f"{HALF}GET", "resource": "/api/qr/generate"},
    ],
)
@pytest.mark.parametrize("function", HANDLERS)
def test_a_route_that_is_no_text_is_a_404(function: str, event: dict[str, Any]):
    response = answer(HANDLERS[function](event, None))
    assert (response.status, response.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("event", [None, 5, "GET", [], [{"routeKey": GET}], True, 1.5])
@pytest.mark.parametrize("function", ["generate", "stats", "clear"])
def test_an_event_that_is_no_object_is_a_400(function: str, event: Any):
    response = answer(HANDLERS[function](event, None))
    assert (response.status, response.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("event", [None, 5, "GET", [], [{"routeKey": GET}], True, 1.5])
def test_a_warming_that_is_no_object_is_refused(event: Any):
    with pytest.raises(InvalidRequest):
        HANDLERS["warm"](event, None)
