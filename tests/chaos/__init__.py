"""Faults on real processes, and a judge that shares no code with what it judges."""
