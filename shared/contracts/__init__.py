"""The published language: what each service says to the others and to the public.

Each module holds what one producer says and ends in a `PUBLISHED` tuple. A released event
changes by an added optional field or by a new version, never otherwise.
"""
