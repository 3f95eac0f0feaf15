"""Artwork as SVG."""
