"""The jars as a process that serves HTTP: everything a real command goes through."""

from shared.cli import serve
from tests.bench.cast import jars

if __name__ == "__main__":
    serve(jars)
