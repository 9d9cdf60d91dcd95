"""Effectiveness evaluation 实效评价 of units and counties (`domain` §3.8, §4.11)."""
