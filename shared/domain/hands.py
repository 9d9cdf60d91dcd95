"""Hands: everybody who wrote what is to be judged. None of them judges it.

`domain` §2.3 (the scorer of a project is not its author; an objection is decided by somebody who
did not decide the first time), features T2, `reliability` S6: approver ∉ {creator, every editor,
submitter, beneficiary}. *Every* editor: also one whose text another has written over, given back,
replaced or corrected since. A state keeps the hands as long as the thing lives that is judged, and
lets them go only with it. Persons are `issuer|subject`, never a name or an address.
"""

from dataclasses import dataclass
from typing import Final

from shared.domain.actors import subject_of
from shared.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Hands:
    """Who had a hand in it."""

    persons: frozenset[str] = frozenset()

    def also(self, *persons: str) -> "Hands":
        """With these as well. The empty name is nobody: old facts do not say who it was."""
        return Hands(self.persons.union(person for person in persons if person))

    def joined(self, other: "Hands") -> "Hands":
        """With everybody of the other as well."""
        return Hands(self.persons | other.persons)

    def may_judge(self, person: str) -> bool:
        """Whether somebody had no hand in it."""
        return person not in self.persons

    def expect_another(self, person: str, refusal: type[Refusal]) -> None:
        """Let pass whoever had no hand in it; the refusal says who is kept from it, and why."""
        if self.may_judge(person):
            return
        who = subject_of(person)
        raise refusal(
            f"{refusal.title()} {who} had a hand in it, whoever has written over it since.",
            remedy="Let somebody decide who had no hand in it.",
            detail_zh=f"{refusal.title_zh}：{who} 参与过该事项（后经他人改写亦同）",
            remedy_zh="请由未参与该事项的其他人员办理",
            person=who,
        )


NOBODY: Final = Hands()


def hands(*persons: str) -> Hands:
    """The hands of these."""
    return NOBODY.also(*persons)
