"""Everything that knows API Gateway: events to requests, answers to responses, and what each route does."""
