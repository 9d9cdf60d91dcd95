"""The command pages: what may be asked of a service, by whom, and what may have happened then."""

from docs.generator.house import NOTICE, House, Pages, lead, refusals, table
from shared.manifest import Service


def pages(house: House) -> Pages:
    """A page per service."""
    index = table(
        ["Service", "Stage", "Commands", "Facts"],
        [
            [
                f"[{service.name}]({service.name}.md)",
                service.title,
                str(len(service.commands)),
                str(sum(len(decider.events) for decider in service.deciders)),
            ]
            for service in house.services
        ],
    )
    found = {f"commands/{service.name}.md": _page(service) for service in house.services}
    return {"commands/index.md": f"{NOTICE}# Commands\n\n{index}", **found}


def _page(service: Service) -> str:
    asked = table(
        ["Command", "Request", "Who may", "What it does"],
        [
            [
                f"`{endpoint.operation}`",
                f"`POST /v1{endpoint.path}`" + (" 🔑" if endpoint.moves_money else ""),
                ", ".join(sorted(service.policy.get(endpoint.operation, ()))),
                lead(endpoint.translate),
            ]
            for endpoint in service.commands
        ],
    )
    facts = "".join(
        f"### `{decider.category}`\n\n"
        + table(
            ["Fact", "What it means"],
            [[f"`{name}`", lead(event)] for name, event in decider.events.items()],
        )
        + "\n"
        for decider in service.deciders
    )
    refused = table(
        ["Refusal", "Rule"],
        [
            [f"[`{kind.slug()}`](../problems/{service.name}.md)", kind.title()]
            for kind in refusals(f"services.{service.name}")
        ],
    )
    return (
        f"{NOTICE}# {service.title}\n\n## Commands\n\n🔑 moves money: `Idempotency-Key` required."
        f"\n\n{asked}\n## Facts\n\nPrivate to the service, by aggregate.\n\n{facts}"
        f"## Refusals\n\n{refused}"
    )
