"""AWS without its SDK, which takes a third of a second of a cold start: credentials, and objects in S3."""
