"""Signed URLs: only the holder of a key can make them, and nobody can change the request in them.

A request loads this package only if ``SIGNING`` asks for signatures.
"""
