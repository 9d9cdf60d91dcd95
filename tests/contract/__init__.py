"""What the four OpenAPI documents promise, tried by a machine that reads nothing else (S0)."""
