"""Monitoring: watches the money and the targets of the year, warns early, has it put right."""
