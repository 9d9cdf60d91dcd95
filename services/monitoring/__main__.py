"""The service at the command line: see `python -m services.monitoring --help`."""

from services.monitoring.main import service
from shared.cli import run

if __name__ == "__main__":
    run(service)
