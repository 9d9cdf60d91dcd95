"""Every command of this service that can be sent as a form."""

from typing import Final

from services.targets.api.forms.adjustment_form import ADJUSTMENT_SHEET
from services.targets.api.forms.register_sheets import (
    PROJECT_SHEET,
    REGION_SHEET,
    REQUEST_SHEET,
    UNIT_SHEET,
)
from services.targets.api.forms.target_sheet import TARGET_SHEET

SHEETS: Final = (
    REGION_SHEET,
    UNIT_SHEET,
    PROJECT_SHEET,
    TARGET_SHEET,
    REQUEST_SHEET,
    ADJUSTMENT_SHEET,
)
