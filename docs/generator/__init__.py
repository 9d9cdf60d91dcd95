"""Reference pages out of the four manifests: one module per kind of page, each a pure function."""
