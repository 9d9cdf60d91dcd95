"""Linkage: the appraisal of year N decides what a unit may ask for in N+2.

computed → notified → answered or unanswered → confirmed → applied to the budget → verified →
closed. Source: the report: 优 is supported first, 良 and 中 may not exceed the year before, 差
loses a share of its project money (`domain` §3.9, §4.9).
"""
