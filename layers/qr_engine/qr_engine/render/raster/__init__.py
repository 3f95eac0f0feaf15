"""Artwork as pixels: shapes to masks, masks and paints to a picture, and the formats that hold it."""
