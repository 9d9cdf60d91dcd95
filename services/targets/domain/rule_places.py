"""Every place of a rule set that somebody reads, and how: `?` where it need not be stated."""

from collections.abc import Iterable
from typing import Final

from services.targets.domain import rule_readings as read
from services.targets.domain.approval_authority import GROUP as ADJUSTMENTS
from services.targets.domain.approval_authority import read_bands, read_body
from services.targets.domain.office_clock import GROUP
from services.targets.domain.rule_readings import PAIR, TRIPLE, Reading
from shared.domain.grades import Grade
from shared.domain.judging_reading import read_framework
from shared.domain.rule_node import Node
from shared.domain.rules_reading import how_often, number_pattern

EACH_FIELD: Final = "*"
LEVELS: Final = ("BLUE", "RED")
BANDS: Final = ("MET", "PARTLY", "NOT")
SCORED: Final = ("timeliness", "completeness", "execution", "goal", "correction")


def _all(place: str, names: Iterable[str], reading: Reading) -> tuple[tuple[str, Reading], ...]:
    return tuple((f"{place}/{name}", reading) for name in names)


SHAPE: Final[tuple[tuple[str, Reading], ...]] = (
    ("/rule_set", Node.text),
    *_all("/grades", Grade, read.number),
    ("/weights/scheme", Node.text),
    ("/weights/*", read.points),
    *_all("/over_achievement", ("tolerance", "slope", "max_reduction"), read.number),
    ("/execution_score/B/#", read.numbers(PAIR)),
    ("/pass_line", read.number_or_nothing),
    ("/satisfaction/mode", Node.text),
    ("/satisfaction/bands/#", read.numbers(PAIR)),
    *_all("/qualitative_bands", (*BANDS, EACH_FIELD), read.numbers(PAIR)),
    ("/ex_ante/dimensions/*", read.number),
    ("/ex_ante/included_grades/#", read.grade),
    ("/ex_ante/major_threshold_yuan", read.yuan),
    ("/ex_ante/scorers_min", read.scorers),
    ("/ex_ante/objection_days", read.count),
    ("/monitoring/nodes/#/code", Node.text),
    ("/monitoring/nodes/#/cut_off", read.day),
    ("/monitoring/pre_analysis_lead_months", read.count),
    ("/monitoring/t_ref", read.progress),
    *_all("/monitoring/red", ("ix", "g", "gap"), read.number),
    ("/monitoring/red/idle_days", read.count),
    *_all("/monitoring/blue", ("ix", "g", "gap"), read.number),
    ("/monitoring/letter_on_blue", Node.flag),
    *_all("/monitoring/score", (*SCORED, EACH_FIELD), read.number),
    ("/monitoring/history_cases_min?", read.count),
    ("/monitoring/idle_check?", how_often),
    ("/monitoring/key_project_yuan?", read.yuan),
    ("/letters/ack_wd", read.count),
    *_all("/letters/plan_wd", (*LEVELS, EACH_FIELD), read.count),
    *_all("/letters/finish_wd", (*LEVELS, EACH_FIELD), read.count),
    *_all(
        "/self_eval_checks",
        ("goal_over_execution", "unspent", "arithmetic", "deviation_cause"),
        read.number,
    ),
    ("/self_eval_checks/inflated", read.numbers(TRIPLE)),
    ("/self_evaluation?/submit_by?", read.day),
    ("/self_evaluation?/evidence?", read.demand),
    ("/self_evaluation?/explain_wd?", read.count),
    ("/self_evaluation?/remind_days?", read.count),
    ("/recheck/sample_ratio", read.number),
    ("/recheck/min_per_department", read.count),
    *_all("/evaluation", ("opinion_days_wd", "objection_days_wd", "decide_days_wd"), read.count),
    ("/linkage/budget_year_offset", read.count),
    *_all("/linkage", Grade, read.cap),
    *_all("/similar_project_cut", Grade, read.numbers(PAIR)),
    ("/recovery/check_dates/#", read.day),
    ("/recovery/low_rate", read.number),
    *_all(
        "/disclosure",
        ("with_budget_days", "with_final_accounts_days", "key_report_wd", "monthly_day"),
        read.count,
    ),
    ("/disclosure/comment_answer_wd?", read.count),
    ("/letters/number?", number_pattern),
    ("/letters/short_names?/*", Node.text),
    ("/letters/verify_wd?", read.count),
    # Rules from before the clocks had a place in them do not state it.
    *_all(f"/{GROUP}?", ("reminder_wd?", "listed_wd?"), read.count),
    (f"/{ADJUSTMENTS}?/approval?/*", read_bands),
    *_all(f"/{ADJUSTMENTS}?", ("lowers_key_expenditure?/#", "changes_total_budget?/#"), read_body),
    *_all("/key_funds?/pass_on_days?", ("GENERAL?", "SPECIAL?", EACH_FIELD), read.count),
    *_all("/key_funds?", ("publicity_wd?", "group_min?"), read.count),
    ("/key_funds?/industry_share?", read.number),
    ("/execution_score/count_unit_transfer?", Node.flag),
    *_all(
        "/self_eval_checks",
        ("cause_characters?", "perfect_indicators?", "likeness_characters?"),
        read.count,
    ),
    *_all(
        "/self_eval_checks",
        ("reach_median?", "reach_max?", "likeness?", "magnitude_slack?"),
        read.number,
    ),
    ("/self_eval_checks/penalties?", read.numbers(PAIR)),
    # A term of nothing would end an order with its own draft.
    *_all("/payments?", ("answer_minutes?", "settle_days?", "hold_days?"), read.term),
    ("/effectiveness_detail?/aspects?/*/*", read.weight),
    *_all("/effectiveness_detail?/county?", ("units?", "bureau?"), read.progressed),
    *_all("/effectiveness_detail?/inflation?", ("INFLATED?", "SERIOUS?"), read.weight),
    *_all("/evaluation", ("rectify_wd?", "verify_wd?", "key_cycle_years?"), read.count),
    ("/evaluation/framework?", read_framework),
    *_all("/recheck", ("high_score?", "low_execution?"), read.number),
    ("/recheck/full_when_flagged?", Node.flag),
    ("/linkage/POOR/allowed?", read.allowed),
    ("/linkage/base?", read.base),
    *_all("/linkage", ("answer_wd?", "fragments_min?"), read.count),
    *_all("/linkage", ("similar_name?", "duplicate_name?"), read.progressed),
    ("/recovery/by_clock?", Node.flag),
)
