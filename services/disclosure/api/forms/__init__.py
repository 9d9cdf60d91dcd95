"""The six official disclosure tables (`domain` §8.7) as workbooks, out and in."""
