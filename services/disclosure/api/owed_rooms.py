"""The queries about what is owed, as one tuple for the manifest."""

from typing import Final

from services.disclosure.api import disclosure_queries, queries
from services.disclosure.api.forms import exports

OWED_QUERIES: Final = (disclosure_queries, exports, queries)
"""Addresses that say more than an item's number stand before those that end in one."""
