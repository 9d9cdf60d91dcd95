"""Alembic's entry: hands this service's read models to the kernel."""

from services.targets import projections
from shared.migrations import run

run("targets", projections)
