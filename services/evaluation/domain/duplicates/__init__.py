"""Programmes that overlap or are fragments (交叉重复、碎片化): found by names and codes.

proposed → decided by another person (restructured, or kept apart with a reason) → closed
(34号 §(十六), the report 三(三)).
"""
