"""`python -m services.evaluation serve | work | migrate | rebuild | token`."""

from services.evaluation.main import service
from shared.cli import run

if __name__ == "__main__":
    run(service)
