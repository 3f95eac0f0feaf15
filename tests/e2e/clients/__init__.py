"""Programs that call every route with a generated client, each started by ``test_clients.py``.

They print JSON: what came back, by the `operationId` of the route.
"""
