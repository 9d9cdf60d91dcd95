"""Documents people expect as files."""
