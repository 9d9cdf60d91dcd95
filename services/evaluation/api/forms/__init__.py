"""Official forms of evaluation: ledgers as workbooks that import again, notices on paper."""
