"""A monitoring record: one per project, year and node.

A forecast before the node, the unit's report at it, the review that scores it; or, where no
report came in time, a record that says so. What is missing is listed, never filled in.
"""
