"""Settings and tables: what a service needs around it, and what it keeps for reading."""

from types import NoneType, UnionType
from typing import get_args

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from docs.generator.house import NOTICE, House, Pages, lead, table


def pages(house: House) -> Pages:
    """One page for all settings, one for all tables."""
    return {"settings.md": _settings(house), "tables.md": _tables(house)}


def _settings(house: House) -> str:
    shared: dict[str, list[str]] = {}
    own: dict[str, list[list[str]]] = {}
    for service in house.services:
        prefix = service.settings.model_config.get("env_prefix", "")
        for name, field in service.settings.model_fields.items():
            alias = getattr(field.validation_alias, "choices", [None])[0]
            if isinstance(alias, str):
                shared[alias] = [f"`{alias}`", *_setting(field)]
            else:
                row = [f"`{prefix}{name.upper()}`", *_setting(field)]
                own.setdefault(service.name, []).append(row)
    head = ["Variable", "Type", "Default", "Meaning"]
    parts = [f"## {name}\n\n{table(head, rows)}" for name, rows in own.items()]
    everywhere = f"## Every service\n\n{table(head, list(shared.values()))}"
    return f"{NOTICE}# Settings\n\nFrom the environment.\n\n" + "\n".join([everywhere, *parts])


def _kind(annotation: object) -> str:
    """A type by its name: where a module of Python keeps its own is its own affair."""
    if isinstance(annotation, UnionType):
        return " | ".join(_kind(one) for one in get_args(annotation))
    if annotation is NoneType:
        return "None"
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation.__name__
    return str(annotation)


def _setting(field: FieldInfo) -> list[str]:
    default = "required" if field.default is PydanticUndefined else f"`{field.default}`"
    if not field.repr and field.default is not None:
        default = "secret"
    kind = _kind(field.annotation)
    return [kind.replace("typing.", ""), default, field.description or ""]


def _tables(house: House) -> str:
    parts = []
    for service in house.services:
        for projection in service.projections:
            when = "in the transaction of the command" if projection.inline else "by the worker"
            for kind in projection.tables:
                rows = [
                    [f"`{column.name}`", str(column.type), "key" if column.primary_key else ""]
                    for column in kind.__table__.columns
                ]
                parts.append(
                    f"## {service.name}: `{kind.__table__.name}`\n\n{lead(kind)} "
                    f"Folded {when} (projection `{projection.name}`).\n\n"
                    + table(["Column", "Type", ""], rows)
                )
    return f"{NOTICE}# Read models\n\nAmounts are integers in fen.\n\n" + "\n".join(parts)
