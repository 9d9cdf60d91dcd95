"""Treasury lines coming in: looked up, put to their ledgers, reported line by line.

bytes → `bank` → lines → `lookups` (what is known of them) → `gathering` (whose each is)
→ `booking` (commands of one transaction) → `reporting` (what became of each)
"""
