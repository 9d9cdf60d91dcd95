"""What a result leads to: the four dispositions of the report (`domain` §3.9).

Source: 34号 §(十六), repeated in the report 三(三): good comes first, what is average is put
right, what overlaps is merged, what is ineffective is cut or cancelled.
"""

from enum import StrEnum
from typing import Final

from shared.domain.grades import Grade


class Disposition(StrEnum):
    """What is done about it."""

    PRIORITISE = "PRIORITISE"
    RECTIFY = "RECTIFY"
    RESTRUCTURE = "RESTRUCTURE"
    CUT_OR_CANCEL = "CUT_OR_CANCEL"


OF_UNIT: Final = {
    Grade.EXCELLENT: Disposition.PRIORITISE,
    Grade.GOOD: Disposition.RECTIFY,
    Grade.FAIR: Disposition.RECTIFY,
    Grade.POOR: Disposition.CUT_OR_CANCEL,
}
"""By the grade of a unit: only 优 is supported first, 良 and 中 may not grow (Q8)."""

OF_PROJECT: Final = {
    Grade.EXCELLENT: Disposition.PRIORITISE,
    Grade.GOOD: Disposition.PRIORITISE,
    Grade.FAIR: Disposition.RECTIFY,
    Grade.POOR: Disposition.CUT_OR_CANCEL,
}
"""By the grade of a project: 优 and 良 are supported (10号 art. 27)."""
