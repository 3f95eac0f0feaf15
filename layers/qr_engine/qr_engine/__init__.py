"""QR Engine: QR codes drawn once, checked, and served from a distributed cache."""

__all__ = ["RENDERER_VERSION", "__version__"]

__version__ = "1.0.0"

RENDERER_VERSION = 2
"""Part of every cache key: raised whenever the same request would give other bytes than before."""
