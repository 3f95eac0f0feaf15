"""From a canonical request to a stored picture: one code, many in one go, and those drawn before anyone asks."""
