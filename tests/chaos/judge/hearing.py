"""Every hearer has heard every word of its producers once, in order, and applied it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tests.chaos.judge.store import Row, Store
from tests.chaos.judge.verdict import Verdict


def check_heard(
    stores: Mapping[str, Store], hears: Mapping[str, Sequence[str]], verdict: Verdict
) -> None:
    """What was heard is what was said; nothing was put aside."""
    for hearer, producers in hears.items():
        heard: dict[str, list[Row]] = defaultdict(list)
        for row in stores[hearer].heard:
            heard[row["producer"]].append(row)
        for producer in producers:
            _check_pair(stores[hearer], stores[producer], heard[producer], verdict)
        for row in stores[hearer].parked:
            verdict.wrong("parked", f"{hearer} {row['producer']} {row['number']}: {row['reason']}")


def _check_pair(hearer: Store, producer: Store, heard: Sequence[Row], verdict: Verdict) -> None:
    name = f"{hearer.service} from {producer.service}"
    said = dict(producer.numbered_words())
    verdict.seen["heard"] += len(heard)
    numbers = [row["number"] for row in heard]
    if numbers != sorted(said):
        missing, odd = said.keys() - set(numbers), set(numbers) - said.keys()
        verdict.wrong("heard", f"{name}: {len(missing)} missing, {len(odd)} never said")
    # A type that nobody there listens to is kept without its text, always.
    listened = {row["event_type"] for row in heard if row["body"]}
    for row in heard:
        text = said.get(row["number"])
        if (row["body"] or row["event_type"] in listened) and row["body"] != text:
            verdict.wrong("heard", f"{name} {row['number']}: another text")
    reached = hearer.cursors.get(f"inbox:{producer.service}", 0)
    if reached != producer.head["words"]:
        verdict.wrong("late", f"{name}: stands at {reached} of {producer.head['words']}")


def check_readers(store: Store, readers: Iterable[str], verdict: Verdict) -> None:
    """What is folded later from the ledger has been folded to its end."""
    for reader in readers:
        reached = store.cursors.get(reader, 0)
        if reached != store.head["size"]:
            verdict.wrong("late", f"{store.service} {reader}: {reached} of {store.head['size']}")
