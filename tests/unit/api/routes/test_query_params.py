from __future__ import annotations

from typing import Any

import pytest

from .conftest import Call

BODIES = {
    "POST /api/qr/batch": {"codes": [{"data": "x"}]},
    "POST /api/qr/validate": {"data": "x"},
    "POST /api/qr/cache/warm": {"patterns": ["x"]},
    "GET /api/qr/cache/stats": None,
}


@pytest.mark.parametrize("route", BODIES)
def test_a_parameter_that_would_have_no_effect_is_refused(call: Call, route: str):
    body: dict[str, Any] = {} if BODIES[route] is None else {"json": BODIES[route]}
    assert call(route, **body).status == 200
    response = call(route, query="size=100&x=1", **body)
    assert response.status == 400
    assert [error["path"] for error in response.json["errors"]] == ["size", "x"]


def test_an_id_of_null_is_none(call: Call):
    payload = call("POST /api/qr/batch", json={"codes": [{"id": None, "data": "x"}]}).json
    assert payload["success"] is True
    assert "id" not in payload["results"][0]
