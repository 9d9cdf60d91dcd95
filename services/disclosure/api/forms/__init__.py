"""The official forms of disclosure: what is exported imports again unchanged."""
