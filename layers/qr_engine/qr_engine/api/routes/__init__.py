"""The routes of the API, one file an endpoint; the Lambda functions only wire them to events."""
