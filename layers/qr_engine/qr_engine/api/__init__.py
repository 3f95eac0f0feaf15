"""Everything that knows API Gateway: events become requests, results become responses, and each route has a file."""
