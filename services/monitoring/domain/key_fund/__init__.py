"""Direct funds: money that goes straight through, tracked from its receipt to its beneficiary.

A batch is received by one region with a document of its superior, allocated by documents of its
own and issued as quota of projects. What a county is allocated becomes a batch of that county,
with the flag it came with; nobody states the flag again, so nobody can lose it.
"""
