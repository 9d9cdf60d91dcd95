"""Payment orders to the bank: intent, release, sending, doubt, answer, return, recall.

What an order will pay is held on the ledger from the first moment; only a settled answer of the
bank books it, in the same transaction. What is not known is asked about, never paid again: the
name under which the bank knows an order follows from the number of its voucher.
"""
