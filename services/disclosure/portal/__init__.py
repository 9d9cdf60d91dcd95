"""The public portal 公开专栏: what the registers know, as pages that anybody can read.

Rendered here, without a script, a font or an address from elsewhere; every number leads to the
list whose items add up to it (`domain` §3.10, row R7.2).
"""
