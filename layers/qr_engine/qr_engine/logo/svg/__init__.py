"""Parse SVG logos, remove everything that does not draw, and write them anew."""
