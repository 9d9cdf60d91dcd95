"""The press: what was signed is printed once, later, and what cannot be printed is not signed."""

import hashlib
from base64 import b64decode
from dataclasses import replace
from typing import Any, cast

import pytest

from services.monitoring.domain.letterfile import (
    PART_BYTES,
    FileLetter,
    LetterFiled,
    PrepareLetter,
    letterfile_decider,
)
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning.letter import Letter
from services.monitoring.main import service
from services.monitoring.projections.letters import LetterRow, letters
from services.monitoring.publishing import publish
from services.monitoring.reactions import react
from services.monitoring.reactions.printing import print_letter
from shared.bus.memory import MemoryBus
from shared.contracts import monitoring as said
from shared.documents.refusals import CharacterUnprintable
from shared.eventstore import StoredEvent, Transaction
from shared.messages import Large
from shared.projections import Set
from shared.testing.projection_spec import recorded
from tests.monitoring.office import W1, Bureau
from tests.monitoring.stories import CLERK, LEADER, Story, at, on
from tests.monitoring.test_letter import draft, sent, sign, warned
from tests.monitoring.test_reactions import heard
from tests.shared.worlds import Memory

PREPARE = PrepareLetter(warning_id="W1", by=LEADER, now=at(6, 9))


def file(letter: Letter, content: bytes) -> FileLetter:
    """The command that prints: this press makes these bytes."""
    return FileLetter(
        warning_id="W1",
        letter_no=letter.letter_no,
        press=lambda _letter: content,
        by=LEADER,
        now=at(6, 9),
    )


def signed() -> tuple[Letter, Story]:
    """A letter that was signed, and the place where it waits to be printed."""
    state = warned().after(draft, sign).state
    return sent(warned()).letter, Story(letterfile_decider).knowing(state).after(PREPARE)


def test_a_letter_that_was_signed_waits_to_be_printed_and_is_printed_once() -> None:
    letter, waiting = signed()
    assert waiting.state.waiting == {letter.letter_no: letter}
    (filed,) = waiting.when(file(letter, b"the file")).facts()
    assert filed.sha256 == hashlib.sha256(b"the file").hexdigest()
    assert (filed.letter_no, filed.part, filed.size_bytes) == (letter.letter_no, 1, 8)
    done = waiting.after(file(letter, b"the file"))
    done.when(file(letter, b"another file")).then_nothing()
    done.when(PREPARE).then_nothing()
    assert not done.state.waiting


def test_a_large_file_is_kept_in_as_many_parts_as_it_needs() -> None:
    letter, waiting = signed()
    content = bytes(range(256)) * 1_000
    parts = waiting.when(file(letter, content)).facts()
    assert [part.part for part in parts] == [1, 2]
    assert all(len(b64decode(part.pdf_base64)) <= PART_BYTES for part in parts)
    assert b"".join(b64decode(part.pdf_base64) for part in parts) == content
    assert {(part.letter_no, part.size_bytes) for part in parts} == {
        (letter.letter_no, len(content))
    }
    waiting.after(file(letter, content)).when(file(letter, content)).then_nothing()


def test_what_nobody_signed_is_not_printed() -> None:
    letter, waiting = signed()
    Story(letterfile_decider).when(file(letter, b"x")).then_nothing()
    waiting.when(replace(file(letter, b"x"), letter_no="another")).then_nothing()
    Story(letterfile_decider).knowing(warned().state).when(PREPARE).then_nothing()


def test_the_same_letter_gives_the_same_file() -> None:
    letter = sent(warned()).letter
    assert print_letter(letter) == print_letter(letter)
    assert print_letter(letter) != print_letter(replace(letter, contact="张三"))


@pytest.mark.parametrize("field", ["demands", "evidence_wanted", "contact", "phone", "secrecy"])
def test_what_cannot_be_printed_is_refused_with_the_signature_and_takes_no_number(
    field: str,
) -> None:
    odd = warned().after(replace(draft, **cast("Any", {field: "甲\U0002f9f4"})))
    with pytest.raises(CharacterUnprintable) as refused:
        odd.when(sign).facts()
    assert refused.value.details["characters"] == ["U+2F9F4"]


def test_the_word_of_a_letter_is_what_has_it_printed() -> None:
    issued = sent(warned())
    word = publish(recorded("warning-W1", issued)[0])
    assert isinstance(word, said.LetterIssued)
    assert word.pdf_sha256 == ""
    (large,) = react(heard(word))
    assert isinstance(large, Large)
    command = large.command
    assert isinstance(command, FileLetter)
    assert (command.warning_id, command.letter_no) == ("W1", issued.letter.letter_no)
    assert command.press(issued.letter) == print_letter(issued.letter)


def test_the_fingerprint_of_a_file_is_told_once_and_stands_on_the_board() -> None:
    letter, waiting = signed()
    parts = waiting.when(file(letter, bytes(PART_BYTES + 1))).facts()
    told = [publish(one) for one in recorded("letterfile-W1", *parts)]
    (word,) = [one for one in told if one is not None]
    assert isinstance(word, said.LetterFiled)
    assert (word.letter_no, word.pdf_sha256) == (letter.letter_no, parts[0].sha256)
    assert word.pdf_bytes == PART_BYTES + 1
    assert letters.project is not None
    (change,) = [
        change for one in recorded("letterfile-W1", *parts) for change in letters.project(one)
    ]
    assert isinstance(change, Set)
    assert change.values == {"pdf_sha256": word.pdf_sha256, "pdf_bytes": word.pdf_bytes}


def test_a_letter_of_before_is_read_as_it_was() -> None:
    """Printed with its signature: the hash in the issue, no text that waits, no size."""
    codec = service.aggregates.codec
    issued = replace(sent(warned()), pdf_sha256="ab" * 32)
    (fact,) = recorded("warning-W1", issued)
    word = publish(fact)
    assert isinstance(word, said.LetterIssued)
    assert word.pdf_sha256 == "ab" * 32
    filed = LetterFiled(
        project=issued.project,
        warning_id="W1",
        letter_no=issued.letter.letter_no,
        sha256="ab" * 32,
        part=1,
        pdf_base64="eA==",
    )
    (fact,) = recorded("letterfile-W1", filed)
    name, body = codec.encode(fact)
    old = body.replace(b',"size_bytes":0', b"")
    assert name == "LetterFiled"
    assert b"size_bytes" not in old
    stored = StoredEvent(fact.event_id, fact.stream, 1, name, old, b"", b"")
    assert codec.event(stored) == filed
    before = Story(letterfile_decider).given(codec.event(stored))
    before.when(file(issued.letter, b"x")).then_nothing()


async def test_a_letter_is_printed_as_it_was_signed_whatever_became_of_the_warning() -> None:
    """Corrected before it was printed: both are, each with its own text."""
    bureau = Bureau()
    await bureau.begin()
    await bureau.until(at(6, 9))
    await bureau.warn()
    await bureau.send()
    text: dict[str, Any] = {"demands": "九月底前完成", "evidence_wanted": "凭证", "contact": "张三"}
    await bureau.done(ask.DraftCorrection(**bureau.of(CLERK), **text, reason="有误"))
    await bureau.done(*bureau.signing(ask.CorrectLetter))
    first, second = [fact.letter for fact in await bureau.facts(f"letterfile-{W1}")]
    assert (second.corrects, second.demands) == (first.letter_no, "九月底前完成")
    for letter in (first, second):
        await bureau.done(
            FileLetter(**bureau.of(LEADER), letter_no=letter.letter_no, press=print_letter)
        )
    filed = [one for one in await bureau.facts(f"letterfile-{W1}") if isinstance(one, LetterFiled)]
    assert [one.letter_no for one in filed] == [first.letter_no, second.letter_no]
    assert b64decode(filed[0].pdf_base64) == print_letter(first)
    assert second.issued_on == on(6, 9)


async def test_a_press_that_dies_before_it_has_filed_prints_again_and_files_once() -> None:
    bus = MemoryBus(patience=0.01)
    await bus.provision("monitoring")
    bureau = Bureau()
    await bureau.begin()
    await bureau.until(at(6, 9))
    await bureau.warn()
    await bureau.send()
    office = Memory(service, bus=bus, store=bureau.store)
    await bureau.store.sequence(10_000)
    relay = office.relay
    while await relay.publish_next():
        pass
    commit = bureau.store.commit

    async def dies(transaction: Transaction) -> None:
        if any(event.name == "LetterFiled" for one in transaction.appends for event in one.events):
            raise ConnectionResetError
        await commit(transaction)

    bureau.store.commit = dies  # type: ignore[method-assign]
    with pytest.raises(ConnectionResetError):
        await hear(office)
    assert [type(one).__name__ for one in await bureau.facts(f"letterfile-{W1}")] == [
        "LetterPrepared"
    ]
    bureau.store.commit = commit  # type: ignore[method-assign]
    again = Memory(service, bus=bus, store=bureau.store)
    await hear(again)
    prepared, filed = await bureau.facts(f"letterfile-{W1}")
    assert b64decode(filed.pdf_base64) == print_letter(prepared.letter)
    (row,) = bureau.store.rows(LetterRow)
    assert row["pdf_sha256"] == filed.sha256


async def hear(office: Memory) -> None:
    """A worker that has just started hears all there is."""
    inbox = office.inbox("monitoring")
    while await inbox.step():
        pass
