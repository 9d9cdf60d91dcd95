"""Official forms of monitoring, in and out."""
