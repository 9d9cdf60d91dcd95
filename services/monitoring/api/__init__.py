"""The HTTP side of monitoring, and nothing but HTTP."""
