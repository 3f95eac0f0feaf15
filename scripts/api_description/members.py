"""Members that answers of several routes have.

What is always true or always false is a plain boolean in the schema: generators of clients take the `const` of a
boolean for a text, and refuse every answer.
"""

from __future__ import annotations

from msgspec import Meta

__all__ = ["any_of", "ref"]


def ref(name: str) -> Meta:
    """Return a member that is what the schema of this name says."""
    return Meta(extra_json_schema={"$ref": f"#/components/schemas/{name}"})


def any_of(*names: str) -> Meta:
    """Return a member that is what one of the schemas of these names says."""
    return Meta(extra_json_schema={"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]})
