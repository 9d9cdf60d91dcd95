"""given / when / then for deciders: facts, a command, then facts, silence or a refusal.

    target = Spec(TARGET)
    target.given(drafted).when(submit).then(submitted)
    target.given(drafted, submitted).when(submit).then_nothing()
    target.given(drafted, submitted).when(by_its_author).then_refused(ReviewerDraftedTarget)

What the command consults is given as `knowing(state, …)`, in the order of `consults`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.decider import AnyDecider
from shared.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision came to."""

    facts: Sequence[object]
    refusal: Refusal | None

    def then(self, *facts: object) -> None:
        """Exactly these facts."""
        if self.refusal is not None:
            raise AssertionError(f"refused: {self.refusal!r}") from self.refusal
        assert list(self.facts) == list(facts)

    def then_nothing(self) -> None:
        """Silence: it was already so."""
        self.then()

    def then_refused(self, refusal: type[Refusal], **details: object) -> Refusal:
        """A refusal of this class, with at least these details."""
        assert self.refusal is not None, f"not refused, but: {self.facts}"
        assert type(self.refusal) is refusal, repr(self.refusal)
        for name, value in details.items():
            assert self.refusal.details.get(name) == value, self.refusal.details
        return self.refusal


@dataclass(frozen=True, slots=True)
class Given:
    """A history, and what is known of other streams."""

    decider: AnyDecider
    facts: tuple[object, ...]
    known: tuple[object, ...] = ()

    def knowing(self, *states: object) -> "Given":
        """What the streams that the command consults say."""
        return Given(self.decider, self.facts, states)

    @property
    def state(self) -> Any:  # noqa: ANN401 - whatever the decider folds to
        """The state after the history."""
        return self.decider.fold(self.facts)

    def when(self, command: object) -> Outcome:
        """Decide."""
        state = self.state
        references = [*self.decider.consults(command)]
        told = self.known[: len(references)]
        references += self.decider.refers(command, state, told)
        if references:
            missing = len(references) - len(self.known)
            assert missing == 0, f"tell what {references} say with knowing(…)"
            command = self.decider.inform(command, self.known)
        try:
            return Outcome(tuple(self.decider.decide(command, state)), None)
        except Refusal as refusal:
            return Outcome((), refusal)

    def after(self, *commands: object) -> "Given":
        """The history continued by what these commands lead to; none may be refused."""
        current: Given = self
        for command in commands:
            outcome = current.when(command)
            if outcome.refusal is not None:
                raise AssertionError(f"refused: {outcome.refusal!r}") from outcome.refusal
            current = Given(self.decider, (*current.facts, *outcome.facts), self.known)
        return current


@dataclass(frozen=True, slots=True)
class Spec:
    """Stories of one aggregate."""

    decider: AnyDecider

    def given(self, *facts: object) -> Given:
        """What has happened."""
        return Given(self.decider, facts)

    def knowing(self, *states: object) -> Given:
        """Nothing has happened here, but other streams say this."""
        return Given(self.decider, (), states)

    def when(self, command: object) -> Outcome:
        """Nothing has happened, and this is asked."""
        return self.given().when(command)
