"""A past year under a draft rule set: which warnings there would have been (K13)."""
