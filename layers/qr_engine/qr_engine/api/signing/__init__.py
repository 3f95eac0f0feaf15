"""Signed URLs: only who has the key can make them, and nobody can change what they ask for.

Only where ``SIGNING`` asks for signatures does a request load this room.
"""
