"""Run with the clients: a document that lost what people build on does not get by."""

import importlib
import pkgutil
import sys

SERVICES = ("targets", "monitoring", "evaluation", "disclosure")
BUILT_ON = {
    "targets": ("api.registers.register_region", "models.region_body"),
    "monitoring": ("api.money.get_ledger", "models.ledger_view"),
    "disclosure": ("api.bulletins_and_reports.get_figures",),
}
"""What every caller begins with; a module of another name would break them."""


def main() -> int:
    """Import every module of every client: a name that is missing ends here."""
    missing = []
    for service in SERVICES:
        package = importlib.import_module(f"abacus_{service}")
        prefix = f"{package.__name__}."
        names = [one.name for one in pkgutil.walk_packages(package.__path__, prefix)]
        for name in names:
            importlib.import_module(name)
        missing += [one for one in BUILT_ON.get(service, ()) if f"{prefix}{one}" not in names]
        print(f"{package.__name__}: {len(names)} modules")
    print(f"missing: {', '.join(missing) or 'nothing'}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
