"""The public feed: one log of everything disclosure has said, in every form, provably complete.

`feeds` shows it (JSON Feed, Atom, and a list in all forms), `events` follows it as it grows, `log`
proves it: raw lines, checkpoints, inclusion and consistency. `entries` is a word as it is shown.
"""
