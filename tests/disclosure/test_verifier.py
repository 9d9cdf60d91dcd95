"""The verifier for strangers: it believes a sound log, and finds whatever was done to another."""

import ast
import json
import os
import random
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.verify.verify import Checkpoint as Signed
from deploy.verify.verify import Tampered, check_root, leaf_of, opened
from shared.eventstore.checkpoints import Checkpoint, Signer
from shared.eventstore.hashes import word_hash
from shared.eventstore.merkle import Tree
from tests.architecture.house import ROOT

PROGRAM = ROOT / "deploy" / "verify" / "verify.py"
LINES_MAX = 200
HOLDS, TAMPERED, UNKNOWN = 0, 1, 2
PRIVATE = [Ed25519PrivateKey.from_private_bytes(bytes(range(n, n + 32))) for n in (0, 1)]
SIGNER, OTHER = (Signer("abacus/disclosure", key) for key in PRIVATE)
ORIGIN = "abacus/653100/disclosure/words"
WORDS = [
    json.dumps({"id": n, "说": f"第{n}\u2028\u0085条"}, ensure_ascii=False) for n in range(1, 14)
]


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody is shown: lines, checkpoints and proofs, as files have them."""

    lines: list[str]
    checkpoint: str
    earlier: str
    consistency: str
    inclusion: str

    @property
    def item(self) -> str:
        """The sixth line, where it is shown."""
        return "".join(self.lines[5:6])


def line(number: int, word: str) -> str:
    """A line of the log."""
    told = {"sequence": number, "leaf_hash": word_hash(word.encode()).hex(), "word": word}
    return json.dumps(told, ensure_ascii=False)


def note(words: list[str], size: int, signer: Signer = SIGNER, origin: str = ORIGIN) -> str:
    """A checkpoint of the first so many words."""
    return signer.sign(Checkpoint(origin, size, tree(words).root(size)))


def tree(words: list[str]) -> Tree:
    """The log of these words."""
    return Tree(word_hash(word.encode()) for word in words)


def proof(hashes: list[bytes]) -> str:
    """A proof as it is answered."""
    return json.dumps({"hashes": [b64encode(one).decode() for one in hashes], "root": "not read"})


def log(words: list[str] = WORDS, *, signed: int = 12, earlier: int = 5) -> Shown:
    """A sound log, of which the last word is not signed yet."""
    return Shown(
        lines=[line(number, word) for number, word in enumerate(words, 1)],
        checkpoint=note(words, signed),
        earlier=note(words, earlier),
        consistency=proof(tree(words).consistency_proof(min(earlier, signed), signed)),
        inclusion=proof(tree(words).inclusion_proof(min(5, signed - 1), signed)),
    )


def run(
    folder: Path, shown: Shown, *asked: str, keys: Sequence[str] = (SIGNER.verifier.text,)
) -> tuple[int, str]:
    """What the program says of some of the files, in a process that knows nothing of ours."""
    files = {
        "lines": "".join(f"{one}\n" for one in shown.lines),
        **{name: getattr(shown, name) for name in ("checkpoint", "earlier", "consistency")},
        **{name: getattr(shown, name) for name in ("inclusion", "item")},
    }
    arguments = [one for key in keys for one in ("--key", key)]
    for name in asked:
        (folder / name).write_bytes(files[name].encode())
        arguments += [f"--{name}", str(folder / name)]
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), *arguments],
        capture_output=True, text=True, check=False, cwd=folder, env=environment, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_sound_log_holds(tmp_path: Path) -> None:
    code, said = run(tmp_path, log(), "checkpoint", "lines", "earlier")
    assert (code, said.splitlines()[-1]) == (HOLDS, "Everything that was given holds.")
    assert "signed   12 words of abacus/653100/disclosure/words" in said
    assert "13 words" in said
    assert run(tmp_path, log(), "checkpoint", "earlier", "consistency")[0] == HOLDS
    assert run(tmp_path, log(), "checkpoint", "item", "inclusion")[0] == HOLDS


def resigned(words: list[str]) -> Shown:
    """Somebody who holds the signing key tells another history to whoever has no earlier one."""
    return replace(log(words), earlier=log().earlier)


def rewritten(shown: Shown, place: int, text: str, *, hashed: bool) -> Shown:
    """A word with another text; with its hash made to fit, or not."""
    told = json.loads(shown.lines[place])
    told["word"] = text
    if hashed:
        told["leaf_hash"] = sha256(b"\x00" + text.encode()).hexdigest()
    changed = [*shown.lines[:place], json.dumps(told), *shown.lines[place + 1 :]]
    return replace(shown, lines=changed)


def without(shown: Shown, place: int, *, renumbered: bool) -> Shown:
    """A word is missing; the ones behind it move up, or not."""
    left = shown.lines[:place] + shown.lines[place + 1 :]
    if renumbered:
        words = [json.loads(one)["word"] for one in left]
        left = [line(number, word) for number, word in enumerate(words, 1)]
    return replace(shown, lines=left)


def forged(text: str) -> str:
    """A note whose signature is of the right length and key, and wrong."""
    body, _, signature = text.rstrip("\n").rpartition(" ")
    raw = bytearray(b64decode(signature))
    raw[20] ^= 1
    return f"{body} {b64encode(bytes(raw)).decode()}\n"


SWAPPED = [*WORDS[:2], WORDS[3], WORDS[2], *WORDS[4:]]
OUTSIDE = {"checkpoint", "lines"}
KEPT = {"checkpoint", "lines", "earlier"}
TAMPERINGS: dict[str, tuple[Callable[[], Shown], set[str]]] = {
    "a word is deleted": (lambda: without(log(), 3, renumbered=False), OUTSIDE),
    "a word is deleted, the rest renumbered": (lambda: without(log(), 3, renumbered=True), OUTSIDE),
    "a word is edited": (lambda: rewritten(log(), 4, "{}", hashed=False), OUTSIDE),
    "a word is edited, its hash made to fit": (
        lambda: rewritten(log(), 4, "{}", hashed=True), OUTSIDE),
    "two lines are exchanged": (
        lambda: replace(log(), lines=[log().lines[1], log().lines[0], *log().lines[2:]]), OUTSIDE),
    "two words are exchanged and renumbered": (
        lambda: replace(log(SWAPPED), checkpoint=log().checkpoint), OUTSIDE),
    "a word is inserted": (
        lambda: replace(log([*WORDS[:3], "{}", *WORDS[3:]]), checkpoint=log().checkpoint), OUTSIDE),
    "a number is passed over": (
        lambda: replace(log(), lines=[*log().lines[:3],
                                      *(line(n + 1, WORDS[n - 1]) for n in range(4, 14))]),
        OUTSIDE),
    "a line is there twice": (
        lambda: replace(log(), lines=[log().lines[0], *log().lines]), OUTSIDE),
    "the end is cut off": (lambda: replace(log(), lines=log().lines[:9]), OUTSIDE),
    "the last line is broken off": (
        lambda: replace(log(), lines=[*log().lines[:11], log().lines[11][:20]]), OUTSIDE),
    "nothing is left": (lambda: replace(log(), lines=[]), OUTSIDE),
    "the signature is forged": (
        lambda: replace(log(), checkpoint=forged(log().checkpoint)), OUTSIDE),
    "somebody else signs under our name": (
        lambda: replace(log(), checkpoint=note(WORDS, 12, OTHER)), OUTSIDE),
    "the signature is broken off": (
        lambda: replace(log(), checkpoint=log().checkpoint[:-30]), OUTSIDE),
    "the signature is left out": (
        lambda: replace(log(), checkpoint=log().checkpoint.split("\n\n")[0]), OUTSIDE),
    "the size in the checkpoint is another": (
        lambda: replace(log(), checkpoint=log().checkpoint.replace("\n12\n", "\n11\n")), OUTSIDE),
    "history is rewritten and signed anew": (
        lambda: resigned(["{}", *WORDS[1:]]), KEPT),
    "a fork: the same beginning, signed twice": (
        lambda: replace(log(), earlier=note([*WORDS[:4], "{}"], 5)), KEPT),
    "the log is shorter than it was": (
        lambda: replace(log(signed=4), earlier=log().earlier), KEPT),
    "the checkpoint is of another log": (
        lambda: replace(log(), earlier=note(WORDS, 5, origin="abacus/653100/disclosure/other")),
        KEPT),
    "a fork, by proof": (
        lambda: replace(log(), earlier=note([*WORDS[:4], "{}"], 5)),
        {"checkpoint", "earlier", "consistency"}),
    "a consistency proof of another pair": (
        lambda: replace(log(), consistency=proof(tree(WORDS).consistency_proof(6, 12))),
        {"checkpoint", "earlier", "consistency"}),
    "a consistency proof that is cut off": (
        lambda: replace(log(), consistency=proof(tree(WORDS).consistency_proof(5, 12)[:-1])),
        {"checkpoint", "earlier", "consistency"}),
    "a consistency proof with something more": (
        lambda: replace(log(), consistency=proof([bytes(32), *tree(WORDS).consistency_proof(5, 12)])),  # noqa: E501
        {"checkpoint", "earlier", "consistency"}),
    "an item that was never said": (
        lambda: rewritten(log(), 5, "{}", hashed=True), {"checkpoint", "item", "inclusion"}),
    "an item under another number": (
        lambda: replace(log(), lines=[*log().lines[:5], line(7, WORDS[5])]),
        {"checkpoint", "item", "inclusion"}),
    "an inclusion proof that is cut off": (
        lambda: replace(log(), inclusion=proof(tree(WORDS).inclusion_proof(5, 12)[:-1])),
        {"checkpoint", "item", "inclusion"}),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(name: str, tmp_path: Path) -> None:
    make, asked = TAMPERINGS[name]
    code, said = run(tmp_path, make(), *asked)
    assert code == TAMPERED, said
    assert said.splitlines()[-1].startswith("TAMPERED ")


def test_a_key_that_follows_is_named_and_both_are_believed(tmp_path: Path) -> None:
    old, new = SIGNER.verifier.text, OTHER.verifier.text
    both = Signer("abacus/disclosure", PRIVATE[1], previous=[SIGNER])
    shown = replace(log(), checkpoint=note(WORDS, 12, both))
    for key in (old, new):
        code, said = run(tmp_path, shown, "checkpoint", "lines", keys=[key])
        assert (code, f"keep this key, too: {new}\n" in said) == (HOLDS, True), said
    # The earlier checkpoint was signed by the old key alone.
    code, said = run(tmp_path, shown, *KEPT, keys=[new])
    assert code == TAMPERED, said
    code, said = run(tmp_path, shown, *KEPT, keys=[new, old])
    assert code == HOLDS, said
    exchanged = replace(shown, checkpoint=shown.checkpoint.replace(new, old))
    assert run(tmp_path, exchanged, "checkpoint", "lines", keys=[new, old])[0] == TAMPERED


def test_what_cannot_be_checked_is_not_called_tampered(tmp_path: Path) -> None:
    assert run(tmp_path, log(), "checkpoint", "lines", keys=["no key"])[0] == UNKNOWN
    crooked = SIGNER.verifier.text.replace("disclosure+", "disclosure+0")
    assert run(tmp_path, log(), "checkpoint", "lines", keys=[crooked])[0] == UNKNOWN
    broken = replace(log(), consistency="<html>")
    assert run(tmp_path, broken, "checkpoint", "earlier", "consistency")[0] == UNKNOWN
    code, said = run(tmp_path, log(), "lines")
    assert (code, said.splitlines()[-1][:9]) == (UNKNOWN, "unknown  ")


def test_the_program_is_short_and_imports_nothing_of_ours() -> None:
    text = PROGRAM.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES_MAX
    found: set[str] = set()
    for one in ast.walk(ast.parse(text)):
        if isinstance(one, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in one.names}
        elif isinstance(one, ast.ImportFrom):
            found.add((one.module or "").partition(".")[0])
    assert found - set(sys.stdlib_module_names) == {"cryptography"}


SEEDS = 1_000


def test_a_thousand_tamperings_by_chance_are_found_and_no_sound_log_is_accused() -> None:
    chance = random.Random(7)  # noqa: S311 - a story, no secret
    for _ in range(SEEDS):
        size = chance.randint(2, 40)
        words = [json.dumps({"n": n, "salt": chance.random()}) for n in range(size)]
        signed = opened(note(words, size), SIGNER.verifier.text)
        sound = [line(number, word) for number, word in enumerate(words, 1)]
        assert accused(sound, signed) is None
        told = tampered(sound, chance)
        assert accused(told, signed) is not None, told


def accused(lines: list[str], signed: Signed) -> str | None:
    """What the program says against these lines, if anything."""
    try:
        leaves = [leaf_of(text, place)[1] for place, text in enumerate(lines, 1)]
        check_root(leaves, signed)
    except Tampered as found:
        return str(found)
    return None


def tampered(sound: list[str], chance: random.Random) -> list[str]:
    """One thing is done to the lines, as cleverly as whoever may write everything can do it."""
    words = [json.loads(one)["word"] for one in sound]
    place = chance.randrange(len(words))
    match chance.choice(["delete", "edit", "reorder", "insert", "bit", "cut"]):
        case "delete":
            del words[place]
        case "edit":
            words[place] += " "
        case "reorder":
            words.append(words.pop(0))
        case "insert":
            words.insert(place, "{}")
        case "bit":
            text = words[place]
            at = chance.randrange(len(text))
            words[place] = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
        case _:
            words = words[:place]
    return [line(number, word) for number, word in enumerate(words, 1)]
