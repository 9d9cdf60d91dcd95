"""Alembic's entry: hands this service's read models to the kernel."""

from services.evaluation import projections
from shared.migrations import run

run("evaluation", projections)
