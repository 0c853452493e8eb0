"""The OpenAPI description: components, examples, and how endpoints describe themselves."""
