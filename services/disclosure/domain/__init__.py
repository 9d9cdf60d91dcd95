"""Pure decisions of disclosure: what is owed to the public, what was told, what was not."""
