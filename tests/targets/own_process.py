"""The service as an installation runs it: a process of its own that can be measured and killed."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import httpx

from services.targets.main import service
from shared.embedded.server import LOOPBACK, Server
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role

KIBIBYTE: Final = 1_024
SECONDS_MAX: Final = 600


class Serving(Server):
    """`python -m services.targets serve` over a database of the test's own."""

    def __init__(self, folder: Path, database_url: str) -> None:
        """Nothing runs before `start`."""
        super().__init__(folder)
        self._settings = service.settings.model_validate({"data_dir": folder / "data"})
        self._variables: Mapping[str, str] = {
            "TARGETS_DATABASE_URL": database_url,
            "TARGETS_PORT": str(self.port),
            "ABACUS_DATA_DIR": str(folder / "data"),
            "ABACUS_NATS_URL": f"nats://{LOOPBACK}:9",
            "ABACUS_LOG_LEVEL": "ERROR",
        }

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def peak_bytes(self) -> int:
        """The most memory it has held at once."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        [peak] = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
        return int(peak) * KIBIBYTE

    def by(self, role: Role, region: str) -> Mapping[str, str]:
        """The token of somebody who holds a role for every unit of a region."""
        bearer = Bearer(subject=role.lower(), roles=[role], region_code=region, unit_code="*")
        return {"authorization": f"Bearer {Issuer.of(self._settings).mint(bearer)}"}

    def _command(self) -> list[str]:
        variables = [f"{name}={value}" for name, value in self._variables.items()]
        return ["/usr/bin/env", *variables, sys.executable, "-m", "services.targets", "serve"]

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/livez", timeout=1).is_success
        except httpx.TransportError:
            return False


class Region:
    """A whole region that sends its files to the service, and asks how far it is."""

    def __init__(self, serving: Serving, code: str) -> None:
        """Everybody in it speaks for this region."""
        self.serving = serving
        self.code = code

    def ask(self, role: Role, path: str, body: object) -> None:
        """A command that must not be refused."""
        answer = self.send(role, path, json=body, headers={"if-match": "*"})
        assert answer.is_success, answer.text[:2000]

    def send(self, role: Role, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - of httpx
        """A request, whatever comes of it."""
        headers = {**self.serving.by(role, self.code), **more.pop("headers", {})}
        place = f"{self.serving.url}/v1{path}"
        return httpx.post(place, headers=headers, timeout=SECONDS_MAX, **more)

    def report(self, role: Role, place: str) -> dict[str, Any]:
        """What is known of an import."""
        found: dict[str, Any] = self._get(role, place).json()
        return found

    def fetch(self, role: Role, path: str) -> bytes:
        """A file."""
        return self._get(role, path).content

    def _get(self, role: Role, path: str) -> httpx.Response:
        headers = dict(self.serving.by(role, self.code))
        answer = httpx.get(f"{self.serving.url}{path}", headers=headers, timeout=SECONDS_MAX)
        assert answer.is_success, answer.text[:2000]
        return answer
