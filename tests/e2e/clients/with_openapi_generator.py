"""Call every route with the package that OpenAPI Generator has made: ``with_openapi_generator.py NAME URL``."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

DATA = "https://example.com"


def main(name: str, url: str) -> None:
    made: Any = import_module(name)
    client = made.ApiClient(made.Configuration(host=url))
    about, codes, cache = made.AboutApi(client), made.CodesApi(client), made.CacheApi(client)

    request = made.QRRequest.from_dict({"data": DATA})
    network = made.QRRequest.from_dict({"data": {"type": "wifi", "ssid": "Guests", "password": "correct horse"}})
    batch = made.BatchRequest.from_dict(
        {"codes": [{"id": "a", "data": DATA}, {"data": DATA, "gradient": {"colors": ["a", "b"]}}]}
    )
    first, second = [each.actual_instance for each in codes.generate_batch(batch).results]
    patterns = made.WarmRequest.from_dict({"patterns": ["warm", {"data": "warm"}]})
    picture = codes.generate_from_query_without_preload_content(data=DATA, format="png").read()
    path_picture = codes.generate_from_path_without_preload_content(ending="png", data=DATA).read()
    envelope = codes.generate(made.QRRequest.from_dict({"data": DATA, "format": "png"}))
    try:
        codes.generate(made.QRRequest.from_dict({"data": DATA, "gradient": {"colors": ["a", "b"]}}))
        refused = None
    except made.exceptions.BadRequestException as error:
        refused = error.data.errors[0].path
    said = {
        "generateFromQuery": picture[1:4].decode(),
        "generateHead": codes.generate_head_with_http_info(data=DATA).status_code,
        "generateFromPath": path_picture[1:4].decode(),
        "generateHeadFromPath": codes.generate_head_from_path_with_http_info(ending="png", data=DATA).status_code,
        "generate": codes.generate(request).format,
        "generate, a network": codes.generate(network).success,
        "generate, refused": refused,
        "generateBatch": [first.id, first.success, second.problem.status],
        "validate": codes.validate(request).symbol.name,
        "listStyles": [style.name for style in codes.list_styles().styles],
        "read": codes.read(made.ReadRequest(image=envelope.data)).symbols[0].text,
        "health": codes.health().status,
        "healthHead": codes.health_head_with_http_info().status_code,
        "describe": about.describe()["openapi"],
        "page": about.page()[:11],
        "warmCache": [each.actual_instance.outcome for each in cache.warm_cache(patterns).results],
        "cacheStats": cache.cache_stats().stats.mode,
        "clearCache": cache.clear_cache(clear_request=made.ClearRequest(pattern="*")).success,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
