"""How many colour stops the gradients of an SVG have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..allowlist import MAX_CHAIN
from ..references import refuse_long_chain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

__all__ = ["Gradients"]


class Gradients:
    """The stops of the gradients that were counted so far."""

    def __init__(self, by_id: Mapping[str, Element]) -> None:
        self._by_id = by_id
        self._stops: dict[str, int] = {}

    def count_stops(self, name: str) -> int:
        """Count the stops of a gradient and of those that it refers to; refuse a long chain of them."""
        if name not in self._stops:
            chain: list[Element] = []
            each = self._by_id.get(name)
            while each is not None and each not in chain:
                if len(chain) > MAX_CHAIN:
                    refuse_long_chain()
                chain.append(each)
                each = self._by_id.get(each.get("href", "#")[1:])
            self._stops[name] = sum(1 for gradient in chain for _ in gradient.iter("stop"))
        return self._stops[name]
