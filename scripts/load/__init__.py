"""The load test: what it asks for, how it sends it, and what it makes of the answers."""
