"""Stage 3, judge: what was achieved, and what money follows from it."""
