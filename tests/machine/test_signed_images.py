"""Nobody rolls out an image that was changed, exchanged or never signed (S15).

Needs skopeo and GnuPG; the images are folders, so that no registry and no engine is asked.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from deploy.local.layout import ROOT

SCRIPT: Final = ROOT / "deploy" / "supply" / "images.sh"
NAME: Final = "registry.example.org/abacus-targets:0.2.0"
OLDER: Final = "registry.example.org/abacus-targets:0.1.0"
MAIL: Final = "<images@example.org>"
OTHER: Final = "registry.example.org/abacus-disclosure:0.2.0"


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody with a pair of keys."""

    home: Path

    @property
    def public(self) -> Path:
        """What everybody may have."""
        return self.home / "public.gpg"

    def sign(self, name: str, image: Path, place: Path) -> None:
        """Push an image with a signature."""
        self.run(str(SCRIPT), "sign", MAIL, name, f"oci:{image}", f"dir:{place}")

    def run(self, *command: str) -> None:
        """A program that finds the keys."""
        surroundings = {**os.environ, "GNUPGHOME": str(self.home)}
        done = subprocess.run(
            command, env=surroundings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def signer() -> Iterator[Signer]:
    """With a new key; its agent is gone at the end. A long path is no address of an agent."""
    with tempfile.TemporaryDirectory(prefix="abacus-keys-") as folder:
        found = Signer(Path(folder))
        plain = ("gpg", "--batch", "--quiet", "--passphrase", "")
        found.run(*plain, "--quick-generate-key", MAIL, "ed25519", "sign", "never")
        found.run("gpg", "--batch", "--output", str(found.public), "--export", MAIL)
        try:
            yield found
        finally:
            found.run("gpgconf", "--kill", "gpg-agent")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where images lie, who publishes them, and somebody else."""

    folder: Path
    ours: Signer
    stranger: Signer

    def signed(self, content: str, by: Signer, name: str = NAME) -> Path:
        """An image as it was pushed."""
        place = self.folder / f"signed-{content}"
        by.sign(name, _image(self.folder, content), place)
        return place

    def admitted(self, place: Path, name: str = NAME) -> subprocess.CompletedProcess[str]:
        """What is said to an image by who knows our public key alone."""
        command = [str(SCRIPT), "admit", str(self.ours.public), name, f"dir:{place}"]
        return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """With keys of its own."""
    with signer() as ours, signer() as stranger:
        yield Shelf(tmp_path, ours, stranger)


def test_an_image_is_admitted_by_its_signature_and_named_by_its_digest(shelf: Shelf) -> None:
    place = shelf.signed("good", shelf.ours)
    said = shelf.admitted(place)
    assert said.returncode == 0, said.stderr
    digest = hashlib.sha256((place / "manifest.json").read_bytes()).hexdigest()
    assert said.stdout.strip() == f"sha256:{digest}"


def test_an_image_without_a_signature_is_refused(shelf: Shelf) -> None:
    place = shelf.signed("good", shelf.ours)
    [signature] = place.glob("signature-*")
    signature.unlink()
    assert _refusal(shelf.admitted(place)) == "A signature was required, but no signature exists"


def test_a_signature_of_somebody_else_is_refused(shelf: Shelf) -> None:
    place = shelf.signed("good", shelf.stranger)
    assert "signature" in _refusal(shelf.admitted(place))


@pytest.mark.parametrize("name", [OTHER, OLDER])
def test_neither_anothers_image_nor_an_older_one_passes(shelf: Shelf, name: str) -> None:
    place = shelf.signed("good", shelf.ours, name=name)
    assert shelf.admitted(place, name=name).returncode == 0
    assert name in _refusal(shelf.admitted(place))


def test_a_changed_layer_is_refused(shelf: Shelf) -> None:
    place = shelf.signed("good", shelf.ours)
    manifest = json.loads((place / "manifest.json").read_bytes())
    layer = place / manifest["layers"][0]["digest"].removeprefix("sha256:")
    content = bytearray(layer.read_bytes())
    content[600] ^= 1
    layer.write_bytes(content)
    assert "Digest did not match" in _refusal(shelf.admitted(place))


def test_another_image_under_a_good_signature_is_refused(shelf: Shelf) -> None:
    good = shelf.signed("good", shelf.ours)
    bad = shelf.signed("bad", shelf.stranger)
    [signature] = good.glob("signature-*")
    shutil.copy(signature, bad / signature.name)
    assert "does not match" in _refusal(shelf.admitted(bad))


def _refusal(said: subprocess.CompletedProcess[str]) -> str:
    assert said.returncode == 1
    assert said.stdout == ""
    return said.stderr.strip().rpartition("rejected: ")[2].rstrip('"')


def _image(folder: Path, content: str) -> Path:
    """An image of one file, in the layout of the Open Container Initiative."""
    place = folder / f"oci-{content}"
    blobs = place / "blobs" / "sha256"
    blobs.mkdir(parents=True, exist_ok=True)

    def keep(kind: str, blob: bytes) -> dict[str, object]:
        digest = hashlib.sha256(blob).hexdigest()
        (blobs / digest).write_bytes(blob)
        kind = f"application/vnd.oci.image.{kind}"
        return {"mediaType": kind, "digest": f"sha256:{digest}", "size": len(blob)}

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as layer:
        file = tarfile.TarInfo("content")
        file.size = len(content)
        layer.addfile(file, io.BytesIO(content.encode()))
    layers = [keep("layer.v1.tar", packed.getvalue())]
    inside = {"type": "layers", "diff_ids": [one["digest"] for one in layers]}
    config = {"architecture": "amd64", "os": "linux", "rootfs": inside}
    manifest = {
        "schemaVersion": 2,
        "config": keep("config.v1+json", json.dumps(config).encode()),
        "layers": layers,
    }
    known = keep("manifest.v1+json", json.dumps(manifest).encode())
    index = {"schemaVersion": 2, "manifests": [known]}
    (place / "index.json").write_text(json.dumps(index))
    (place / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    return place
