"""Alembic's entry: hands this service's read models to the kernel."""

from services.monitoring import projections
from shared.migrations import run

run("monitoring", projections)
