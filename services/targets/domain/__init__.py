"""What a promise is and who may make it: pure decisions over the standard library."""
