"""Embedded mode: the whole system on one machine, servers included, with one command.

    python -m deploy.local up | down | token | demo

A supervisor stays behind and keeps everything alive; what it runs, and where, is in
`state.json` of the data folder. It imports nothing of the services, so it stays small.
"""
