"""Pure building blocks of every service: the standard library and nothing else."""
