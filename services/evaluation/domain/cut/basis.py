"""The final result that a cut rests on: judged here, or taken over from before the system."""

from services.evaluation.domain.cut.commands import Basis
from services.evaluation.domain.prior_result import PriorResultRecorded
from services.evaluation.domain.self_evaluation.states import final_result


def basis_of(state: object) -> Basis | None:
    """The result, where the state is of a project that was judged."""
    if isinstance(state, PriorResultRecorded):
        return Basis(
            region_code=state.region_code,
            department_code=state.department_code,
            unit_code=state.unit_code,
            grade=state.grade,
            rate=state.execution_rate,
            name=state.name,
            score=state.score,
            function_code=state.function_code,
            track_pro_code=state.track_pro_code,
        )
    result = final_result(state)
    if result is None:
        return None
    return Basis(
        region_code=result.project.region_code,
        department_code=result.project.department_code,
        unit_code=result.project.unit_code,
        grade=result.grade,
        rate=result.rate,
        name=result.project.name,
        score=result.score,
        function_code=result.project.function_code,
    )
