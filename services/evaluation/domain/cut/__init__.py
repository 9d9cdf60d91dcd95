"""Cut of a new application because a similar project was badly judged two years before.

proposed → notified → answered or unanswered → confirmed by another person → written into the
budget → closed. The cut works on a project; the linkage's cap works on the unit. That the two
are similar is proposed by a likeness and confirmed by a person (`domain` §3.9, §4.9).
"""
