"""The catalogue: what can be had, and the same facts in the words of international standards.

DCAT 3 lists the datasets, a Data Package describes their columns, OCDS 1.1 tells the budgets of
projects, IATI 2.03 their results. All of them are other writings of the same registers.
"""
