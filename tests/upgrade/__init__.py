"""An installation goes from the release before this one to this one, in use, step by step."""
