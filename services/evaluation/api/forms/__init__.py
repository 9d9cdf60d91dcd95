"""Official forms of evaluation: out as workbooks, in as workbooks."""
