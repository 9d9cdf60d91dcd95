"""Pure: self-evaluations, evaluations, appraisals and what they do to budgets."""
