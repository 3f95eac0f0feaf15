"""From a canonical request to a stored picture: single codes, batches, and codes drawn before anyone requests them."""
