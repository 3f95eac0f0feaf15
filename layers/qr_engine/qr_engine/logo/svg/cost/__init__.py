"""Compute what it costs to draw an SVG logo: walk through the document and add up prices, before drawing anything."""
