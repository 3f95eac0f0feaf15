"""From a canonical request to a stored picture: one code, a batch, and codes drawn before anyone asks for them."""
