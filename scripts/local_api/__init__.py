"""The API on this computer: the template's routes, the real handlers, a small front in place of API Gateway."""
