"""`python -m services.monitoring serve | work | migrate | rebuild`."""

from services.monitoring.main import service
from shared.cli import run

run(service)
