"""`openapi.yaml` from the code: what each route takes and answers, in the words of the structs."""

from .document import document, written

__all__ = ["document", "written"]
