"""What must be true afterwards, recomputed by a stranger: nothing here imports anything of ours."""
