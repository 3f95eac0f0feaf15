"""What each route of the API does, one file an endpoint; the functions only wire them to events."""
