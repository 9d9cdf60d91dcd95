"""`python -m services.disclosure serve | work | migrate | rebuild | token`."""

from services.disclosure.main import service
from shared.cli import run

if __name__ == "__main__":
    run(service)
