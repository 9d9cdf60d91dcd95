"""`python -m services.targets serve | work | migrate | rebuild | token`."""

from services.targets.main import service
from shared.cli import run

if __name__ == "__main__":
    run(service)
