"""What a request may look like, by operation: projects of Kashgar Prefecture, judged for 2021."""

from collections.abc import Mapping
from typing import Any, Final

from services.evaluation.api.cut_commands import CUT_EXAMPLES
from services.evaluation.api.duplicate_commands import DUPLICATE_EXAMPLES
from services.evaluation.api.evaluation_examples import EVALUATION_EXAMPLES
from services.evaluation.api.key_project_commands import KEY_PROJECT_EXAMPLES
from services.evaluation.api.linkage_commands import LINKAGE_EXAMPLES
from services.evaluation.api.recovery_commands import RECOVERY_EXAMPLES
from services.evaluation.api.standing_examples import STANDING_EXAMPLES

_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_UNIT: Final = "653121101001"
_PROJECT: Final = {"project_code": "65312121T000000000042", "fiscal_year": 2021}
_OWN: Final[Mapping[str, Any]] = {
    "recheck_self_evaluation": {
        "score": "81.50",
        "reason": "现场核实维修校舍7所",
        "document_no": "喀财绩〔2022〕6号",
    },
    "file_objection": {"text": "第8所校舍已于十二月竣工，附验收报告"},
    "decide_objection": {"score": "84.00", "reason": "验收报告属实，按8所计分"},
}
EXAMPLES: Final[Mapping[str, Any]] = {
    **_OWN,
    **STANDING_EXAMPLES,
    **EVALUATION_EXAMPLES,
    **KEY_PROJECT_EXAMPLES,
    **LINKAGE_EXAMPLES,
    **RECOVERY_EXAMPLES,
    **CUT_EXAMPLES,
    **DUPLICATE_EXAMPLES,
}
