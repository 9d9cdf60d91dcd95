"""`python -m services.disclosure serve | work | migrate | rebuild`."""

from services.disclosure.main import service
from shared.cli import run

run(service)
