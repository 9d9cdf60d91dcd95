"""Rural linkage funds (衔接资金): typed projects, what they reached, where it was announced."""
