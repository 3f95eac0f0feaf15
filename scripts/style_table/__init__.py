"""docs/styles.md: what every pattern looks like with every eye, and how well two decoders read it in every format."""
