"""What monitoring decides: pure functions over facts, without a clock, a table or a socket."""
