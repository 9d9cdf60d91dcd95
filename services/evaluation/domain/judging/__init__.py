"""Department and finance evaluations: nine steps, a framework of items, objection, re-check."""
