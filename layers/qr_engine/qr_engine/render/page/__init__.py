"""Artwork as a page: PDF and EPS, which spell outlines and colours alike."""
