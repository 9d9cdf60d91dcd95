"""The Merkle log gives the roots of RFC 6962, and proofs that hold for the truth only."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from shared.eventstore.merkle import (
    Tree,
    consistency_holds,
    extend,
    inclusion_holds,
    node_hash,
    root,
)

# The leaves and roots that Certificate Transparency implementations are checked against.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

sizes = st.integers(min_value=1, max_value=130)


def leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def some_leaves(size: int) -> list[bytes]:
    return [leaf(n.to_bytes(4, "big")) for n in range(size)]


def as_the_rfc_says(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962 §2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(as_the_rfc_says(leaves[:k]), as_the_rfc_says(leaves[k:]))


def test_roots_are_those_of_certificate_transparency() -> None:
    leaves = [leaf(bytes.fromhex(data)) for data in LEAVES]
    tree = Tree(leaves)
    for size, expected in enumerate(ROOTS, 1):
        assert root(extend((), 0, leaves[:size])).hex() == expected
        assert tree.root(size).hex() == expected


def test_the_empty_log_has_a_root() -> None:
    assert root(()) == Tree().root() == sha256(b"").digest()


@given(sizes, sizes)
def test_a_frontier_goes_on_where_it_was_left(first: int, more: int) -> None:
    leaves = some_leaves(first + more)
    frontier = extend(extend((), 0, leaves[:first]), first, leaves[first:])
    assert root(frontier) == as_the_rfc_says(leaves) == Tree(leaves).root()


@given(sizes, st.data())
def test_inclusion_holds_for_the_leaf_and_for_no_other(size: int, data: st.DataObject) -> None:
    leaves = some_leaves(size)
    tree = Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index, size)
    assert inclusion_holds(leaves[index], index, size, proof, tree.root())
    assert not inclusion_holds(leaf(b"forged"), index, size, proof, tree.root())
    assert not inclusion_holds(leaves[index], index, size, [*proof, leaves[0]], tree.root())
    if size > 1:
        assert not inclusion_holds(leaves[index], (index + 1) % size, size, proof, tree.root())
        assert not inclusion_holds(leaves[index], index, size, proof[:-1], tree.root())


@given(sizes, sizes)
def test_consistency_holds_for_a_continuation(old: int, more: int) -> None:
    tree = Tree(some_leaves(old + more))
    proof = tree.consistency_proof(old, old + more)
    assert consistency_holds(old, old + more, proof, tree.root(old), tree.root())
    assert consistency_holds(old, old, [], tree.root(old), tree.root(old))


@given(sizes, sizes, st.data())
def test_consistency_fails_for_a_rewritten_past(old: int, more: int, data: st.DataObject) -> None:
    honest = some_leaves(old + more)
    forged = list(honest)
    forged[data.draw(st.integers(0, old - 1))] = leaf(b"forged")
    tree = Tree(forged)
    proof = tree.consistency_proof(old, old + more)
    assert not consistency_holds(old, old + more, proof, Tree(honest).root(old), tree.root())
