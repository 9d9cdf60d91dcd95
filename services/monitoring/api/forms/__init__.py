"""Official forms of monitoring: out as workbooks and papers, in as workbooks."""
