"""Artwork as pixels: shapes become masks, masks and paints become a picture, and each format has a module."""
