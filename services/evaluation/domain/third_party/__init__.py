"""Third parties: who they are, what they are commissioned with, and what keeps them independent."""
