"""AWS without its SDK, which takes a third of a second of a cold start: who this function is, and objects of S3."""
