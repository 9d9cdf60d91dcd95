"""The loop: loose ends, the whole life of a project, closure rates, the closing of a year."""
