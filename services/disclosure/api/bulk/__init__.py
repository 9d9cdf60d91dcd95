"""The whole of the public registers as files: full and by day, with a manifest that proves them.

    registers as of a day → rows in the order of their keys → NDJSON → CSV, XLSX, hashes, manifest

A day that is over never changes (`shared.past`), so its files can be made again at any time, by
any process, with the same bytes. The kept files are a store of what was made, nothing more.
"""
