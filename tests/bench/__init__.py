"""What our kernel and HTTP path cost beside the bare limits, as ratios of one run."""
