"""Rules that cannot be read are a poisoned word with the place of what is wrong, and no crash."""

from typing import Any

import pytest

from services.monitoring.domain.letterbook import Letterbook
from services.monitoring.projections.monitoring_statistics import monitoring_statistics
from services.monitoring.reactions.targets import of_targets
from shared.domain.rule_node import RuleSetUnreadable
from shared.projections import Add
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import RULES_JSON, at
from tests.monitoring.test_letter import AROUND, ISSUED, correct, correction
from tests.monitoring.test_reactions import adopted


def damaged(section: str, **values: object) -> dict[str, Any]:
    return {**RULES_JSON, section: {**RULES_JSON[section], **values}}


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        (damaged("weights", A={"OUTPUT": 50}), "/weights/A"),
        (damaged("self_eval_checks", inflated=[5, 10]), "/self_eval_checks/inflated"),
        (damaged("monitoring", idle_check="HOURLY"), "/monitoring/idle_check"),
        ({**RULES_JSON, "payments": {"hold_days": "soon"}}, "/payments/hold_days"),
        ({**RULES_JSON, "key_funds": 7}, "/key_funds"),
    ],
)
def test_a_broken_rule_is_named_by_its_place(rules: dict[str, Any], place: str) -> None:
    with pytest.raises(RuleSetUnreadable) as caught:
        of_targets(adopted.model_copy(update={"rules": rules}), 1, "targets|word", at(1, 2))
    assert caught.value.pointer == place
    assert place in repr(caught.value)


def test_a_correction_letter_is_counted_as_a_letter() -> None:
    drafted = ISSUED.after(correction).knowing(Letterbook(last_serial=12), *AROUND[1:])
    (corrected,) = drafted.when(correct).facts()
    (told,) = recorded("warning-W1", corrected)
    assert monitoring_statistics.project is not None
    (added,) = monitoring_statistics.project(told)
    assert isinstance(added, Add)
    assert added.deltas == {"letters_issued": 1}
