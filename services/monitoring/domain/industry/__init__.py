"""Special funds for industrial development: a loop of stages that none can leave half-way."""
