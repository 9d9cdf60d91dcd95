"""Asked of key projects: designated for what they mean, with reason and document; released."""

from typing import Final

from services.evaluation.api.judging_schemas import ReasonBody
from services.evaluation.api.schemas import Body, Code, DocumentNo, Text, Year
from services.evaluation.domain.judging.key_project import (
    DesignateKeyProject,
    KeyGround,
    ReleaseKeyProject,
)
from shared.http.commands import Asked, CommandEndpoint


class DesignateKeyProjectBody(Body):
    """A project that is a key project from this year on, whatever it costs."""

    project_code: Code
    fiscal_year: Year
    ground: KeyGround
    reason: Text
    document_no: DocumentNo


def designate_key_project(asked: Asked, body: DesignateKeyProjectBody) -> DesignateKeyProject:
    """Designate a key project for its policy, the livelihood of people or public attention."""
    return DesignateKeyProject(**dict(body), by=asked.actor, now=asked.now)


def release_key_project(asked: Asked, project_code: str, body: ReasonBody) -> ReleaseKeyProject:
    """Release a key project; by its amount it may still be one."""
    return ReleaseKeyProject(
        project_code=project_code, reason=body.reason, by=asked.actor, now=asked.now
    )


_TAG: Final = "Evaluations"
KEY_PROJECT_COMMANDS: Final = (
    CommandEndpoint(path="/key-projects", translate=designate_key_project, tag=_TAG, creates=True),
    CommandEndpoint(
        path="/key-projects/{project_code}/release", translate=release_key_project, tag=_TAG
    ),
)
KEY_PROJECT_EXAMPLES: Final = {
    "designate_key_project": {
        "project_code": "65312121T000000000042",
        "fiscal_year": 2021,
        "ground": "LIVELIHOOD",
        "reason": "城乡居民饮水安全，群众反映集中",
        "document_no": "喀署办〔2021〕30号",
    },
    "release_key_project": {"reason": "工程已竣工并移交"},
}
