"""What it costs to draw an SVG logo: a walk through the document that adds up prices, before anything is drawn."""
