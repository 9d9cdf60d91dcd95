"""Which release the upgrade comes from is written down so that it means one commit for ever."""

import re

from tests.upgrade.release import commit_of, previous


def test_the_release_before_this_one_is_a_whole_commit_id() -> None:
    assert re.fullmatch(r"[0-9a-f]{40}", previous())


def test_where_the_clone_holds_it_it_is_that_very_commit() -> None:
    here = commit_of("HEAD")
    assert here is not None
    assert re.fullmatch(r"[0-9a-f]{40}", here)
    assert commit_of(here[:12]) == here
    assert commit_of(previous()) in {previous(), None}  # a shallow clone may not hold it


def test_a_commit_that_is_not_in_the_clone_is_not_taken_for_one() -> None:
    assert commit_of("0" * 40) is None
