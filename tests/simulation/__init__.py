"""Services in simulated time: every loop of every process, with faults drawn from a seed."""
