"""Planted mistakes by the thousand: do the tests notice? (`docs/reliability.md`, P25)."""
