"""How a read model is read in: by which name its place is kept, what it is shown, when it stops.

None of it is seen in its rows. A reader that is renamed begins at the first fact again; one that is
shown every fact costs every command a little; money stops at what it cannot apply.
"""

import sys
from typing import Final

import pytest

from shared.manifest import Service
from tests.evolution.corpus import SERVICES

# Inline, and shown the facts of every stream.
SHOWN_ALL: Final = {
    "targets": "",
    "monitoring": "page_breaks webhook_register",
    "evaluation": "key_projects",
    "disclosure": (
        "article_register bulletin_register comment_register disclosure_register idea_register"
        " policy_register published_content reply_register report_register search_register"
        " training_register webhook_register withholding_register year_register"
    ),
}
# What says how much money there is, was asked for or was taken back.
STOPPING: Final = {
    "targets": "target_statistics",
    "monitoring": (
        "break_register commitment_register key_fund_batches ledger_statement monitoring_statistics"
        " payment_list payment_orders postings quota_book reconciliation treasury_lines"
    ),
    "evaluation": "",
    "disclosure": "cut_register loop_adjustments loop_budgets project_watch recovery_register",
}


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_a_reader_has_the_name_of_its_read_model(service: Service) -> None:
    modules = [
        module
        for name, module in sys.modules.items()
        if name.startswith((f"services.{service.name}.projections.", "shared."))
    ]
    for one in service.projections:
        assert [each for each in modules if getattr(each, one.name, None) is one], one.name


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_who_is_shown_every_fact_is_known(service: Service) -> None:
    inline = [one for one in service.projections if one.project is not None and one.inline]
    shown = sorted(one.name for one in inline if not one.streams)
    assert shown == SHOWN_ALL[service.name].split()


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_what_a_worker_folds_names_its_facts(service: Service) -> None:
    late = [one for one in service.projections if one.project is not None and not one.inline]
    assert not [one.name for one in late if not one.facts]


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_money_stops_and_nothing_else_does(service: Service) -> None:
    stopping = sorted(one.name for one in service.projections if one.money)
    assert stopping == STOPPING[service.name].split()
