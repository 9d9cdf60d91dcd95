"""Alembic's entry: hands this service's read models to the kernel."""

from services.disclosure import projections
from shared.migrations import run

run("disclosure", projections)
