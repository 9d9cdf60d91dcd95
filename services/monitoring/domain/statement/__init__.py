"""A statement: one message of a bank or one file of the treasury, accepted once.

Lines that name a ledger are booked there; what has no ledger is kept here, as a break with an
owner and an age, until a person says whose it is or why it is nobody's. No line is lost.
"""
