"""Builds the image of a service and lets it answer, also where no container engine runs.

python -m deploy.prove_image targets

Needs root, buildah and debootstrap. The base is a minimal Debian made here; processes run in a
chroot as the image's own user, against a private PostgreSQL and NATS.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from deploy.local.layout import ROOT, SERVICES, Layout, Role
from deploy.local.servers import OwnServers
from shared.embedded import free_port

BASE: Final = "localhost/abacus-base"
SUITE: Final = "trixie"
USER: Final = "10001"
ANSWER_SECONDS_MAX: Final = 60.0
STORAGE: Final[Mapping[str, str]] = {"STORAGE_DRIVER": "vfs"}
CERTIFICATES: Final = ("/etc/ssl/certs", "/usr/share/ca-certificates")


def buildah(*arguments: str) -> str:
    """Run buildah to the end; its last words are the answer."""
    done = subprocess.run(
        ["buildah", *arguments],  # noqa: S607 - whichever buildah the machine has
        env={**os.environ, **STORAGE},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"buildah {arguments[0]}: {done.stderr[-2000:]}")
    return done.stdout.strip()


def make_base() -> None:
    """A minimal Debian with Python, from the machine's own package sources; made once."""
    if BASE in buildah("images", "--format", "{{.Name}}").split():
        return
    with tempfile.TemporaryDirectory(prefix="abacus-base-") as folder:
        subprocess.run(
            [  # noqa: S607
                "debootstrap", "--variant=minbase",
                "--include=python3,python3-venv,ca-certificates", SUITE, folder, *_mirror(),
            ],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        container = buildah("from", "scratch")
        buildah("copy", "--quiet", container, folder, "/")
        buildah("commit", "--quiet", container, BASE)
        buildah("rm", container)


def _mirror() -> list[str]:
    """Where this machine gets its packages, when it says so in the usual place."""
    for file in sorted(Path("/etc/apt/sources.list.d").glob("*.sources")):
        found = re.search(r"^URIs:\s*(\S+)", file.read_text(), re.MULTILINE)
        if found:
            return [found.group(1)]
    return []


def build(service: str) -> str:
    """Build the image as the Dockerfile says; the machine's certificates are lent, not copied."""
    lent = [f"--volume={path}:{path}:ro" for path in CERTIFICATES if Path(path).exists()]
    name = f"localhost/abacus-{service}"
    buildah(
        "build", "--isolation=chroot", "--format=docker", "--layers", "--pull=never", *lent,
        f"--build-arg=BASE={BASE}", f"--build-arg=SERVICE={service}", f"--tag={name}",
        "--file=deploy/Dockerfile", ".",
    )  # fmt: skip
    return name


@contextmanager
def container(image: str) -> Iterator[str]:
    """A container of an image, gone afterwards."""
    name = buildah("from", "--pull=never", image)
    try:
        yield name
    finally:
        buildah("rm", name)


def command(name: str, given: Mapping[str, str], secret: Path, *words: str) -> list[str]:
    """The command line that runs something in a container as compose would."""
    variables = [f"--env={key}={value}" for key, value in given.items()]
    return [
        "buildah", "run", "--isolation=chroot", f"--volume={secret}:/run/secrets/postgres:ro",
        *variables, name, "--", "/bin/sh", "entrypoint.sh", *words,
    ]  # fmt: skip


def prove(service: str, image: str) -> None:
    """Migrate, serve, answer; as the user of the image and without a word in the environment."""
    with tempfile.TemporaryDirectory(prefix="abacus-image-") as folder:
        layout = Layout(data=Path(folder))
        servers = OwnServers(layout)
        try:
            for name in servers.running:
                servers.start(name)
            servers.create_databases()
            _run(service, image, layout, servers)
        finally:
            servers.stop()


def _run(service: str, image: str, layout: Layout, servers: OwnServers) -> None:
    port = free_port()
    surroundings = {**os.environ, **STORAGE}
    with container(image) as name:
        owner = command(name, *_given(service, "owner", port, layout, servers), "migrate")
        subprocess.run(owner, env=surroundings, check=True)
        print("  migrated as the owner of the tables")
        app = command(name, *_given(service, "app", port, layout, servers), "serve")
        process = subprocess.Popen(app, env=surroundings, stderr=subprocess.DEVNULL)
        try:
            alive, page = _answer(port, "/livez"), _answer(port, "/docs")
            print(f"  /livez answers {alive!r}, /docs {page[:9]!r}")
            _refuse_root(name)
        finally:
            process.terminate()
            process.wait()


def _given(
    service: str, role: Role, port: int, layout: Layout, servers: OwnServers
) -> tuple[Mapping[str, str], Path]:
    prefix = service.upper()
    place = servers.addresses.postgres.rpartition("@")[2]
    layout.login(service, role)
    secret = layout.data / "secrets" / f"postgres-{service}-{role}"
    secret.chmod(0o444)
    return {
        f"{prefix}_DATABASE_URL": f"postgresql://{service}_{role}@{place}/{service}",
        f"{prefix}_PORT": str(port),
        "PGPASSWORD_FILE": "/run/secrets/postgres",
        "ABACUS_NATS_URL": servers.addresses.nats,
    }, secret


def _answer(port: int, path: str) -> bytes:
    deadline = time.monotonic() + ANSWER_SECONDS_MAX
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
                return bytes(answer.read())
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _refuse_root(name: str) -> None:
    """The image's user is nobody special and may write nothing of the application."""
    said = buildah("run", "--isolation=chroot", name, "--", "sh", "-c", "id -u; ls services")
    user, *inside = said.split()
    assert user == USER, said
    assert len([one for one in inside if one in SERVICES]) == 1, said
    written = subprocess.run(
        ["buildah", "run", "--isolation=chroot", name, "--", "touch", "/app/x"],  # noqa: S607
        env={**os.environ, **STORAGE}, capture_output=True, check=False,
    )  # fmt: skip
    assert written.returncode != 0
    print(f"  runs as {user}, holds {inside}, cannot write its own folder")


def main() -> None:
    """Prove the services of the command line, or all."""
    make_base()
    for service in sys.argv[1:] or SERVICES:
        print(f"{service}: building")
        prove(service, build(service))


if __name__ == "__main__":
    main()
