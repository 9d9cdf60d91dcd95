"""Official forms: read from workbooks, printed to be signed, exported to be read again."""
