"""`python -m services.targets serve | work | migrate | rebuild`."""

from services.targets.main import service
from shared.cli import run

run(service)
