"""Targets: every yuan has a promise before it is granted."""
