"""The official forms (`domain` §8.7, §8.8): what is exported imports again unchanged."""
