"""`python -m services.evaluation serve | work | migrate | rebuild`."""

from services.evaluation.main import service
from shared.cli import run

run(service)
