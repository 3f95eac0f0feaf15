"""SVG logos: taken apart, freed of all that does not draw, and put together anew."""
