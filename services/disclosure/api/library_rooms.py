"""The rooms of the policy library, trainings, publicity and comments: their reading side.

The forms come before the pages of single things: `/policies/form` is no document's number.
"""

from typing import Final

from services.disclosure.api import (
    comment_queries,
    library_policies,
    library_publicity,
    library_trainings,
)
from services.disclosure.api.forms import library_files
from services.disclosure.api.intake import comments

LIBRARY_ROOMS: Final = (
    library_files,
    library_policies,
    library_trainings,
    library_publicity,
    comments,
    comment_queries,
)
