"""Recovery of idle or ineffective money in the year: found, heard, approved, booked, used again.

identified → notified → answered or unanswered → approved → booked by the ledger → reallocated →
closed. A claim the ledger cannot meet is open again. Nothing is recovered before it is booked
(`domain` §3.9, §4.9, §7.3).
"""
