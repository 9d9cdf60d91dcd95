"""What is told about the system; `docs.generate` writes what code already knows."""
