"""Which decoders read which styles: pictures of every style, photographed in many conditions, and docs/readers.md."""
