"""Members that answers of several routes have."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

__all__ = ["Yes", "any_of", "ref"]

Yes = Annotated[bool, Meta(extra_json_schema={"const": True})]


def ref(name: str) -> Meta:
    """A member that is what the schema of this name says."""
    return Meta(extra_json_schema={"$ref": f"#/components/schemas/{name}"})


def any_of(*names: str) -> Meta:
    """A member that is what one of the schemas of these names says."""
    return Meta(extra_json_schema={"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]})
