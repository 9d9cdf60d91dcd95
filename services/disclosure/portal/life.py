"""A project's life as the registers tell it, stage by stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.disclosure.api.loop.links import Life as Known
from services.disclosure.api.loop.links import links, missing
from services.disclosure.projections.cut_register import CutRow
from services.disclosure.projections.disclosure_register import UNTOLD, DisclosureRow
from services.disclosure.projections.evaluation_register import EvaluationRow
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.monitoring_register import MonitoringRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.recovery_register import RecoveryRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.warning_register import WarningRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """All of it. `contents` are what the published items say, by their kind."""

    known: Known
    contents: Mapping[str, Mapping[str, Any]]
    nodes: Sequence[MonitoringRow]
    evaluations: Sequence[EvaluationRow]
    recoveries: Sequence[RecoveryRow]

    @property
    def missing(self) -> Sequence[str]:
        """The links of its loop that are missing."""
        return missing(links(self.known))

    @property
    def project(self) -> ProjectRow:
        """What was registered and approved."""
        return self.known.project

    @property
    def given_up_on(self) -> date | None:
        """When it was given up, where it was."""
        return self.known.given_up_on

    @property
    def ex_ante(self) -> ExAnteRow | None:
        """Its assessment before."""
        return self.known.ex_ante

    @property
    def watch(self) -> ProjectWatchRow | None:
        """Its money."""
        return self.known.watch

    @property
    def warnings(self) -> Sequence[WarningRow]:
        """Its warnings."""
        return self.known.warnings

    @property
    def self_evaluation(self) -> SelfEvaluationRow | None:
        """Its self-evaluation."""
        return self.known.self_evaluation

    @property
    def cuts(self) -> Sequence[CutRow]:
        """Applications that were cut because of it."""
        return self.known.cuts

    @property
    def items(self) -> Sequence[DisclosureRow]:
        """What the public is owed about it."""
        return self.known.disclosures

    @property
    def stages(self) -> Sequence[tuple[str, str, str]]:
        """The links of the chain: anchor, Chinese name, and how it stands.

        `done`, `open`, `missing`, or `none` where this project needs no such link.
        """
        return (
            ("ex-ante", "事前评估", "done" if self.ex_ante else "none"),
            ("target", "绩效目标", self._link("TARGET", self.project.approved_on is not None)),
            ("money", "资金执行", "done" if self.watch else "none"),
            ("watching", "监控预警", self._watched()),
            (
                "judging",
                "绩效评价",
                self._link("SELF_EVALUATION", self.self_evaluation is not None),
            ),
            ("results", "结果应用", "done" if self.recoveries or self.cuts else "none"),
            ("telling", "信息公开", self._told()),
        )

    def _link(self, name: str, there: bool) -> str:  # noqa: FBT001 - it is what is asked
        if name in self.missing:
            return "missing"
        return "done" if there else "none"

    def _watched(self) -> str:
        if any(warning.closed_on is None for warning in self.warnings):
            return "open"
        return "done" if self.nodes or self.warnings else "none"

    def _told(self) -> str:
        if not self.items:
            return "none"
        return "open" if any(one.status in UNTOLD for one in self.items) else "done"
