"""The kernel's own tables, in schema `es`. A released version is frozen for ever."""
