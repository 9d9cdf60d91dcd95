"""抽查复核: which evaluations are looked at again, drawn so that all can see."""
