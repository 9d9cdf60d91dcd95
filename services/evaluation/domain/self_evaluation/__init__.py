"""The self-evaluation of one project and year: whoever spends, evaluates (`domain` §3.7a)."""
