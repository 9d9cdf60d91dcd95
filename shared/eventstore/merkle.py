"""RFC 6962 Merkle log: frontier, root, inclusion and consistency proofs. Pure.

A *frontier* is all that must be kept to go on: the hashes of the perfect subtrees the log
consists of, largest first, one for every bit that is set in its size.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

type Frontier = tuple[bytes, ...]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def extend(frontier: Sequence[bytes], size: int, leaves: Iterable[bytes]) -> Frontier:
    """The frontier after these leaf hashes have been added to a log of `size`."""
    peaks = list(frontier)
    for leaf in leaves:
        node, rest = leaf, size
        while rest & 1:
            node = node_hash(peaks.pop(), node)
            rest >>= 1
        peaks.append(node)
        size += 1
    return tuple(peaks)


def root(frontier: Sequence[bytes]) -> bytes:
    """The root hash of a log; that of the empty log is the hash of nothing."""
    if not frontier:
        return sha256(b"").digest()
    node = frontier[-1]
    for peak in reversed(frontier[:-1]):
        node = node_hash(peak, node)
    return node


class Tree:
    """All hashes of a log, level by level: answers proofs in O(log n)."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """A log with these leaf hashes."""
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.add(leaf)

    def __len__(self) -> int:
        """How many leaves."""
        return len(self._levels[0])

    def add(self, leaf: bytes) -> None:
        """One more leaf hash."""
        self._levels[0].append(leaf)
        level = 0
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            left, right = self._levels[level][-2:]
            self._levels[level + 1].append(node_hash(left, right))
            level += 1

    def root(self, size: int | None = None) -> bytes:
        """The root when the log had `size` leaves; now, when nothing is said."""
        size = len(self) if size is None else size
        return self._subtree(0, size) if size else sha256(b"").digest()

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """What proves that leaf `index` (from 0) is in the log of `size`."""
        if not 0 <= index < size <= len(self):
            raise IndexError(index, size)
        return self._path(index, 0, size)

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """What proves that the log of `new` only continues the log of `old`."""
        if not 0 <= old <= new <= len(self):
            raise IndexError(old, new)
        return self._subproof(old, 0, new, whole=True) if 0 < old < new else []

    def _subtree(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0 and start % width == 0:
            return self._levels[width.bit_length() - 1][start // width]
        split = start + _split(width)
        return node_hash(self._subtree(start, split), self._subtree(split, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        split = start + _split(end - start)
        if index < split:
            return [*self._path(index, start, split), self._subtree(split, end)]
        return [*self._path(index, split, end), self._subtree(start, split)]

    def _subproof(self, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        if old == end:
            return [] if whole else [self._subtree(start, end)]
        split = start + _split(end - start)
        if old <= split:
            return [
                *self._subproof(old, start, split, whole=whole),
                self._subtree(split, end),
            ]
        return [*self._subproof(old, split, end, whole=False), self._subtree(start, split)]


def inclusion_holds(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes
) -> bool:
    """Whether the proof shows that the leaf is in the log with this root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, fn, sn = leaf, index, size - 1
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root_hash


def consistency_holds(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the proof shows that one log continues the other (RFC 9162 §2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if old == 0 or old > new or not proof:
        return old == 0 and not proof
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    was = now = path[0]
    for sibling in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            now = node_hash(now, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and was == old_root and now == new_root


def _split(width: int) -> int:
    """The largest power of two below `width`: where RFC 6962 divides a tree."""
    return 1 << (width - 1).bit_length() - 1
