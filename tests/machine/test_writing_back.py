"""Pages are written back while the server on the disk lives: its files come and go meanwhile."""

from pathlib import Path
from random import Random
from typing import override

from tests.machine.power import Disk


class Removing(Random):
    """Whoever asks it, a file goes before the answer, as a server's would."""

    def __init__(self, doomed: Path) -> None:
        """Takes the file that goes."""
        super().__init__(0)
        self.doomed = doomed

    @override
    def random(self) -> float:
        self.doomed.unlink(missing_ok=True)
        return 1.0  # every file is written back

    @override
    def getrandbits(self, k: int, /) -> int:
        return super().getrandbits(k)  # said here, or numbers would be drawn from `random`


def test_a_file_that_goes_while_others_are_written_back_is_left_out(tmp_path: Path) -> None:
    kept, doomed = tmp_path / "batches/kept", tmp_path / "batches/doomed"
    kept.parent.mkdir()
    for path in (kept, doomed):
        path.write_bytes(b"sum")
    Disk(image=tmp_path / "unused", mounted=tmp_path).write_back_some(Removing(doomed))
    assert not doomed.exists()
    assert kept.read_bytes() == b"sum"
