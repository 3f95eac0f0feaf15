"""Groups of real Redis servers that a test owns."""
