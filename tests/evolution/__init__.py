"""What was stored and said once, kept as it was, and read by the code of today."""
