"""What `scripts/bench.py` measures, a topic a file, and how it measures and reports."""
