"""What CloudFormation makes of a template once the parameters are known; attributes of resources stay as they are."""

from __future__ import annotations

import ipaddress
import re
from itertools import islice
from typing import Any

__all__ = ["NOTHING", "Resolver"]

NOTHING = {"Ref": "AWS::NoValue"}


class Resolver:
    """Resolves parameters, conditions and rules of one template.

    Parameters
    ----------
    template
        With intrinsic functions in their long form.
    parameters
        The value of every parameter.
    """

    def __init__(self, template: dict[str, Any], parameters: dict[str, Any]) -> None:
        lists = {name for name, each in template["Parameters"].items() if each["Type"] == "CommaDelimitedList"}
        self.values = {name: value.split(",") if name in lists else value for name, value in parameters.items()}
        self.conditions = template["Conditions"]

    def holds(self, condition: str) -> bool:
        """Whether the condition of that name is met."""
        return bool(self.resolved(self.conditions[condition]))

    def resolved(self, value: Any) -> Any:
        """`value` with what is known put in its place, and without what is `AWS::NoValue`."""
        if isinstance(value, list):
            return [part for part in map(self.resolved, value) if part != NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, inner),) = value.items()
            known = self._function(name, inner)
            if known is not None:
                return known
        parts = {name: self.resolved(inner) for name, inner in value.items()}
        return {name: part for name, part in parts.items() if part != NOTHING}

    def _function(self, name: str, inner: Any) -> Any:
        """What one intrinsic function gives, or None where that is not known here."""
        match name, inner:
            case "Ref", str() if inner in self.values:
                return self.values[inner]
            case "Condition", str() if inner in self.conditions:
                return self.holds(inner)
            case "Fn::If", [str(condition), met, otherwise]:
                return self.resolved(met if self.holds(condition) else otherwise)
            case "Fn::Sub", str() | [str(), dict()]:
                text, own = (inner, {}) if isinstance(inner, str) else (inner[0], self.resolved(inner[1]))
                return self._substituted(text, own)
        if name.removeprefix("Fn::") not in _FUNCTIONS or not isinstance(inner, list):
            return None
        return _FUNCTIONS[name.removeprefix("Fn::")](self.resolved(inner))

    def _substituted(self, text: str, own: dict[str, Any]) -> Any:
        known = {name: value for name, value in (self.values | own).items() if isinstance(value, str | int | float)}
        text = re.sub(r"\$\{(\w+)\}", lambda found: str(known.get(found[1], found[0])), text)
        left = {name: value for name, value in own.items() if name not in known}
        if left:
            return {"Fn::Sub": [text, left]}
        return {"Fn::Sub": text} if re.search(r"\$\{[^!]", text) else text.replace("${!", "${")


def _select(parts: list[Any]) -> Any:
    index, choice = parts
    return choice[int(index)] if isinstance(choice, list) else None


def _join(parts: list[Any]) -> Any:
    separator, texts = parts
    return separator.join(texts) if all(isinstance(text, str) for text in texts) else None


def _cidr(parts: list[Any]) -> list[str]:
    block, count, bits = parts
    network = ipaddress.ip_network(block)
    return [str(each) for each in islice(network.subnets(new_prefix=network.max_prefixlen - int(bits)), int(count))]


_FUNCTIONS = {
    "Cidr": _cidr,
    "Equals": lambda parts: str(parts[0]) == str(parts[1]),
    "Not": lambda parts: not parts[0],
    "And": all,
    "Or": any,
    "Contains": lambda parts: parts[1] in parts[0],
    "Split": lambda parts: parts[1].split(parts[0]) if isinstance(parts[1], str) else None,
    "Select": _select,
    "Join": _join,
}
