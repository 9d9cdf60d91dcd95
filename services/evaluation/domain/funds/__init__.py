"""What monitoring's ledger says of a project's money beside payments, and who lays claim to it.

Quota, freezes and verified commitments as they were told, red warnings until they are cured, the
days on which idle money is looked for, and the open claims, so that no yuan is claimed twice.
"""
