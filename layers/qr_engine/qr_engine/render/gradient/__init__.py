"""Gradients: where their colours lie, and as pixels."""
