"""Stage 4, tell: the public is told everything, completely, in time and provably."""
