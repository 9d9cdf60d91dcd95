"""The gate of the mutants can fail: stories that see little are told apart from those that see all.

Both stand beside this file, in `planted/`.
"""

import pytest

from tests.mutation.gate import Verdict, judged
from tests.mutation.mutants import Mutants
from tests.mutation.plan import Excuse, chosen, excuses, groups
from tests.mutation.report import counted, interval, stale, survivors

PURSE = "tests/mutation/planted/purse.py"
ALL = Mutants(PURSE)


def tried(stories: str, functions: str = "") -> list[Verdict]:
    """Every mutant of the purse, or those of some functions, before these stories."""
    asked = [one for one in ALL.all if not functions or one.function in functions.split()]
    return list(judged({PURSE: ALL}, asked, [f"tests/mutation/planted/{stories}.py"]))


def excused(verdict: Verdict, after: str = "") -> Excuse:
    return Excuse(
        module=verdict.mutant.module,
        function=verdict.mutant.function,
        before=verdict.before,
        after=after or verdict.after,
        reason="it is planted here",
    )


def test_who_sees_everything_finds_every_mutant_also_one_without_end() -> None:
    verdicts = tried("strong")
    equal = [one for one in verdicts if one.after == "if amount <= MOST:"]
    assert [one for one in verdicts if not one.found] == equal
    words = {(one.mutant.function, one.after): one.word for one in verdicts}
    assert words["", "MOST: Final = 101"] == "found"
    assert words["halvings", "while amount >= 0:"] == "endless"
    told = [excused(equal[0])]
    assert counted(verdicts, told) == (len(verdicts) - 1, len(verdicts) - 1)
    assert list(survivors(verdicts, told)) == []
    assert list(stale(verdicts, told, [ALL])) == []


def test_who_sees_little_is_shown_what_was_overlooked() -> None:
    verdicts = tried("weak", "Purse.left halvings")
    words = {one.after: one.word for one in verdicts}
    assert words["return max(0, self.filled + self.spent)"] == "survived"
    assert words["times = 1"] == "unreached"
    found, all_of_them = counted(verdicts, [])
    assert 0 < found < all_of_them == len(verdicts)
    text = "\n".join(survivors(verdicts, []))
    assert f"survived: {PURSE}:20 Purse.left" in text
    assert "  + return max(0, self.filled + self.spent)" in text


def test_an_excuse_without_a_mutant_or_for_one_that_is_found_is_stale() -> None:
    verdicts = tried("strong", "Purse.left")
    found = verdicts[0]
    old = [excused(found), excused(found, "return what is gone")]
    told = list(stale(verdicts, old, [ALL]))
    assert [line.rpartition(" is ")[2] for line in told] == ["found now", "nobody's any more"]
    assert list(stale([], [excused(found)], [ALL])) == []


def test_stories_that_fail_by_themselves_judge_nobody() -> None:
    with pytest.raises(SystemExit, match="fails without a mistake"):
        tried("broken", "capped")


def test_the_interval_is_that_of_wilson() -> None:
    low, high = interval(190, 200)
    assert (round(low, 3), round(high, 3)) == (0.910, 0.973)
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(10, 10)[1] == 1.0


def test_mutants_are_planted_where_they_decide_and_nowhere_else() -> None:
    changes = {(one.function, *ALL.change(one)) for one in ALL.all}
    assert ("Purse.left", "return max(0, self.filled - self.spent)",
            "return max(1, self.filled - self.spent)") in changes  # fmt: skip
    dropped = {before for function, before, after in changes if function and not after}
    # Without `case _: return None` it ends as well, and without `case _: pass` it goes on.
    assert dropped == {"case int(): return coin", "case int(): found += 1"}
    assert not [change for change in changes if '"""' in "".join(change) or "@" in change[1]]
    assert not [change for change in changes if "__all__" in change[1]]
    assert {one.hot for one in ALL.all if one.function} == {True}
    assert {one.hot for one in ALL.all if not one.function} == {False}


def test_every_module_of_the_plan_is_in_one_group_and_can_be_asked_for() -> None:
    plan = groups()
    files = [path for group in plan for path in group.files()]
    assert len(files) == len(set(files))
    assert all(group.suites() and 0.9 <= group.least <= 1 for group in plan)
    ((group, modules),) = chosen(plan, ["shared/domain/money.py"])
    assert group in plan
    assert modules == ("shared/domain/money.py",)
    with pytest.raises(SystemExit, match="no group"):
        chosen(plan, ["services/nowhere"])


def test_every_excuse_has_its_mutant_and_a_reason() -> None:
    told = excuses()
    assert all(len(one.reason) > 20 for one in told)
    modules = [Mutants(path) for path in {one.module for one in told}]
    assert list(stale([], told, modules)) == []
