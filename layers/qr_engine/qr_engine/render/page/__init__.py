"""Artwork as a page: PDF and EPS, which write outlines and colours in the same way."""
