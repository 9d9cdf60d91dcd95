"""Official forms: tables that import again unchanged, and papers with their prescribed blocks."""
