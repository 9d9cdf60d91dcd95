"""Messages of banks and files of the treasury: read, validated, and told as plain lines.

Nothing here decides. A message becomes `BankLine`s (money that moved) or `StatusReport`s (what
a bank says of an order); what becomes of them is the domain's.
"""
