"""Call every route with the package that openapi-python-client has made: ``with_openapi_python_client.py NAME URL``."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

DATA = "https://example.com"


def main(name: str, url: str) -> None:
    models = import_module(f"{name}.models")
    client = import_module(name).Client(base_url=url, raise_on_unexpected_status=True)

    def call(place: str, **arguments: Any) -> Any:
        return import_module(f"{name}.api.{place}").sync_detailed(client=client, **arguments)

    request = models.QRRequest(data=DATA)
    network = models.QRRequest(
        data=models.Wifi.from_dict({"type": "wifi", "ssid": "Guests", "password": "correct horse"})
    )
    batch = models.BatchRequest.from_dict({"codes": [{"id": "a", "data": DATA}, {"data": DATA, "version": 41}]})
    first, second = call("codes.generate_batch", body=batch).parsed.results
    patterns = models.WarmRequest(patterns=["warm", models.QRRequest(data="warm")])
    ending, head_ending = models.GenerateFromPathEnding("svg"), models.GenerateHeadFromPathEnding("svg")
    envelope = call("codes.generate", body=models.QRRequest.from_dict({"data": DATA, "format": "png"})).parsed
    said = {
        "generateFromQuery": call("codes.generate_from_query", data=DATA).content.decode()[:4],
        "generateHead": call("codes.generate_head", data=DATA).status_code,
        "generateFromPath": call("codes.generate_from_path", ending=ending, data=DATA).content.decode()[:4],
        "generateHeadFromPath": call("codes.generate_head_from_path", ending=head_ending, data=DATA).status_code,
        "generate": call("codes.generate", body=request).parsed.format_,
        "generate, a network": call("codes.generate", body=network).parsed.success,
        "generate, refused": call("codes.generate", body=models.QRRequest(data="")).parsed.errors[0].path,
        "generateBatch": [first.id, first.success, second.problem.status],
        "validate": call("codes.validate", body=request).parsed.symbol.name,
        "listStyles": [style.name for style in call("codes.list_styles").parsed.styles],
        "read": call("codes.read", body=models.ReadRequest(image=envelope.data)).parsed.symbols[0].text,
        "health": call("codes.health").parsed.status,
        "healthHead": call("codes.health_head").status_code,
        "describe": call("about.describe").parsed["openapi"],
        "page": call("about.page").content.decode()[:11],
        "warmCache": [each.outcome for each in call("cache.warm_cache", body=patterns).parsed.results],
        "cacheStats": call("cache.cache_stats").parsed.stats.mode,
        "clearCache": call("cache.clear_cache", body=models.ClearRequest(pattern="*")).parsed.success,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
