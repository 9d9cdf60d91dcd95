"""The real-name ledger: who got which part of a payment, sealed per person.

What is personal enters this domain sealed and stays so. A decision sees whose line it is (a keyed
hash), how much, for which month and where; it never sees a name.
"""
