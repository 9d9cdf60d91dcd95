"""`python -m services.monitoring serve | work | migrate | rebuild | rewrap | token`."""

from services.monitoring.main import service
from shared.cli import run

if __name__ == "__main__":
    run(service)
