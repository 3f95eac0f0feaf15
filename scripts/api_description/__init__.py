"""`openapi.yaml` from the code: what each route takes and answers, in the words of the structs."""

from .document import document, print_document

__all__ = ["document", "print_document"]
