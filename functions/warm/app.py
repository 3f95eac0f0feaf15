"""The warm function: ``POST /api/qr/cache/warm``, the schedule, and direct invocations."""

from typing import Any

from qr_engine.api.gateway import Event, is_http, serve
from qr_engine.api.routes import signature_guard, warm
from qr_engine.pipeline.engine import prepare

ROUTES = {"POST /api/qr/cache/warm": warm.post}

prepare()


def lambda_handler(event: Event, context: Any) -> dict[str, Any]:
    """Answer an API Gateway event, or warm the entries that the event itself lists.

    Raises
    ------
    Problem
        The schedule or a direct invocation lists something that cannot be warmed. The invocation fails, so that retries
        and alarms work.
    """
    if is_http(event):
        return serve(event, context, "warm", ROUTES, guard=signature_guard("admin"))
    return warm.invoke(event, context)
