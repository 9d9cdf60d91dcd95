"""The problem pages: every refusal, its status, its rule in both languages."""

from collections.abc import Sequence

from docs.generator.house import NOTICE, House, Pages, refusals, table
from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal

STATUS = ((NotFound, 404), (Forbidden, 403), (Invalid, 422), (Conflict, 409))


def pages(house: House) -> Pages:
    """A page for the kernel and one per service."""
    packages = {"kernel": "shared"} | {s.name: f"services.{s.name}" for s in house.services}
    found = {name: refusals(package) for name, package in packages.items()}
    index = table(
        ["Where", "Problems"],
        [[f"[{name}]({name}.md)", str(len(kinds))] for name, kinds in found.items()],
    )
    text = (
        f"{NOTICE}# Problems\n\nEvery refusal is an RFC 9457 `application/problem+json` whose "
        "`type` ends in the name below. A refused request changed nothing.\n\n"
    )
    return {
        "problems/index.md": text + index,
        **{f"problems/{name}.md": _page(name, kinds) for name, kinds in found.items()},
    }


def _page(name: str, kinds: Sequence[type[Refusal]]) -> str:
    rows = [
        [f"<a id='{kind.slug()}'></a>`{kind.slug()}`", status(kind), kind.title(), kind.title_zh]
        for kind in kinds
    ]
    return f"{NOTICE}# Problems: {name}\n\n" + table(["Type", "Status", "Rule", "规则"], rows)


def status(kind: type[Refusal]) -> str:
    """The HTTP status a refusal is answered with."""
    own = getattr(kind, "status", None)
    if own is not None:
        return str(own)
    return next((str(number) for category, number in STATUS if issubclass(kind, category)), "409")
