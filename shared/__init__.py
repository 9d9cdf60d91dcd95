"""The kernel: all input and output of Iron Abacus, written once."""
