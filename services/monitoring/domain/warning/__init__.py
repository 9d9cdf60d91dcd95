"""A warning and what follows from it: letter, receipt, plan, evidence, verification, end.

Blue is ordinary, red is important. A blue one that is not answered in time becomes red; a red
one that is not answered leads to a measure. Every warning has an end state.
"""
