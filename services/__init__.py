"""The four stages of a budget's life: promise, watch, judge, tell."""
