"""A proof as it stands on a form: name〔kind，type，bytes，method，source，day〕:fingerprint."""

import re
from datetime import date
from typing import Final

from services.evaluation.api.self_evaluation_vocabulary import SELF_EVALUATION_VOCABULARY
from services.evaluation.domain.self_evaluation.evidence import (
    DataSource,
    EvidenceFile,
    EvidenceKind,
    ObtainMethod,
)

_WRITTEN: Final = re.compile(r"(?P<name>[^:〔〕]+)〔(?P<rest>[^〔〕]*)〕:(?P<sha256>[0-9a-f]{64})")
_PARTS: Final = 5
_INSTEAD_OF: Final = "替代"


def _label(enum: str, code: str) -> str:
    return SELF_EVALUATION_VOCABULARY[enum][code][0]


def _code(enum: str, said: str) -> str:
    """A code, by itself or by what it is called."""
    labels = {zh: code for code, (zh, _) in SELF_EVALUATION_VOCABULARY[enum].items()}
    return labels.get(said, said)


def written(file: EvidenceFile) -> str:
    """A file as a text that reads back to the same file."""
    parts = [
        _label("EvidenceKind", file.kind),
        file.mime,
        str(file.size),
        _label("ObtainMethod", file.obtain_method),
        _label("DataSource", file.data_source),
    ]
    if file.captured_on is not None:
        parts.append(file.captured_on.isoformat())
    if file.supersedes:
        parts.append(f"{_INSTEAD_OF}{file.supersedes}")
    return f"{file.name}〔{'，'.join(parts)}〕:{file.sha256}"


def read(text: str) -> EvidenceFile | None:
    """The file a text tells of; nothing where it is a bare fingerprint."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    parts = [part.strip() for part in re.split("[，,]", found["rest"])]
    try:
        kind, mime, size, method, source = parts[:_PARTS]
        earlier = [one for one in parts[_PARTS:] if one.startswith(_INSTEAD_OF)]
        days = [one for one in parts[_PARTS:] if not one.startswith(_INSTEAD_OF)]
        return EvidenceFile(
            sha256=found["sha256"],
            kind=EvidenceKind(_code("EvidenceKind", kind)),
            name=found["name"].strip(),
            mime=mime,
            size=int(size),
            obtain_method=ObtainMethod(_code("ObtainMethod", method)),
            data_source=DataSource(_code("DataSource", source)),
            captured_on=next((date.fromisoformat(day) for day in days), None),
            supersedes=next((one.removeprefix(_INSTEAD_OF) for one in earlier), ""),
        )
    except ValueError:
        return None
