"""`openapi.yaml` from the code: what each route takes and answers, in the words of the structs."""

from .document import SERVED, document, print_document, print_served

__all__ = ["SERVED", "document", "print_document", "print_served"]
