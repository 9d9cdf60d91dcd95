"""The budget ledger: one per project and year, in double entry, never below zero.

It opens with the approved target, is filled by quota, emptied by payments, partly held by
freezes, and moves with the target. Every event is a balanced set of entries.
"""
