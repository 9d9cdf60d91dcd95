"""Settings: typed, from the environment, once at start.

Shared values are `ABACUS_*`; what is a service's own carries its prefix (`TARGETS_*`). A
service declares three lines:

    class TargetsSettings(ServiceSettings):
        model_config = SettingsConfigDict(env_prefix="TARGETS_")
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PRIVATE: Final = 0o600


def _shared(name: str) -> AliasChoices:
    """A value all services share: `ABACUS_<NAME>`, or the field's own name in code."""
    return AliasChoices(f"ABACUS_{name.upper()}", name)


class ServiceSettings(BaseSettings):
    """What every service must know of its surroundings."""

    model_config = SettingsConfigDict(
        extra="ignore", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )

    # The service's own: <SERVICE>_*
    database_url: str = Field(default="postgresql://127.0.0.1:5432/postgres", repr=False)
    """The service's own database, with the role of the process that reads this. It may name a
    primary and its standbys (`…@db-a:5432,db-b:5432/…`): whichever takes writes is found."""
    database_connections_max: int = Field(default=8, ge=1, le=100)
    """Connections of the command path."""
    read_connections_max: int = Field(default=4, ge=1, le=100)
    """Connections of the queries."""
    connections_max: int = Field(
        default=1_000, ge=10, le=100_000, validation_alias=_shared("connections_max")
    )
    """Open connections of clients; beyond it whoever has been silent longest makes room."""
    requests_per_second_max: int = Field(
        default=300, ge=0, validation_alias=_shared("requests_per_second_max")
    )
    """So often one principal may ask one process in the long run (D); 0: as often as it likes."""
    requests_burst_seconds: int = Field(
        default=30, ge=1, validation_alias=_shared("requests_burst_seconds")
    )
    """So many seconds' worth of that it may ask at once (D)."""
    address_requests_per_second_max: int = Field(
        default=600, ge=0, validation_alias=_shared("address_requests_per_second_max")
    )
    """So often one address may ask one process without a known token in the long run (D). A whole
    office or campus may be behind one; of IPv6 a network of 64 bits counts. 0: as often as it
    likes."""
    address_requests_burst_seconds: int = Field(
        default=30, ge=1, validation_alias=_shared("address_requests_burst_seconds")
    )
    """So many seconds' worth of that it may ask at once (D)."""
    gateways: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), validation_alias=_shared("gateways")
    )
    """Addresses or networks of gateways whose `X-Forwarded-For` is believed, with commas between
    them. Without it everybody who comes through a gateway is one address."""
    hiding_milliseconds: int = Field(
        default=10, ge=0, le=1_000, validation_alias=_shared("hiding_milliseconds")
    )
    """So long at most "not found" waits, by chance: its time must not tell what is there (D)."""
    host: str = "127.0.0.1"
    """Where the api listens."""
    port: int = Field(default=8000, ge=1, le=65535)
    """Where the api listens."""
    nats_user: str | None = None
    """Who the service is on the bus."""
    nats_password: str | None = Field(default=None, repr=False)
    """Its password there."""

    # Shared by all services: ABACUS_*
    nats_url: str = Field(default="nats://127.0.0.1:4222", validation_alias=_shared("nats_url"))
    """The bus; of a cluster every server, with commas between them."""
    nats_monitoring_url: str | None = Field(
        default=None, validation_alias=_shared("nats_monitoring_url")
    )
    """Where `/jsz` shows that JetStream flushes every message; a worker looks before it trusts.
    Of a cluster every server, with commas between them."""
    feed_replicas: int = Field(default=1, ge=1, le=5, validation_alias=_shared("feed_replicas"))
    """How many servers of the bus keep each feed; 3 in a cluster of three. Feeds that are made
    anew get as many; `provision` brings those that exist to it."""
    data_dir: Path = Field(default=Path(".abacus"), validation_alias=_shared("data_dir"))
    """Where the embedded issuer keeps its key."""
    region: str = Field(default="000000", validation_alias=_shared("region"))
    """The code of the region whose installation this is."""
    clock: Literal["system", "adjustable"] = Field(
        default="system", validation_alias=_shared("clock")
    )
    """Business time: the machine's, or one that can be set (demonstrations, tests)."""
    issuer: str = Field(default="https://issuer.abacus.local", validation_alias=_shared("issuer"))
    """Whose access tokens are believed."""
    audience: str = Field(default="abacus", validation_alias=_shared("audience"))
    """For whom a token must be meant."""
    jwks: str | None = Field(default=None, validation_alias=_shared("jwks"))
    """Where the issuer's public keys are: a URL or a file; the embedded issuer's by default."""
    token_algorithm: Literal["EdDSA", "RS256"] = Field(
        default="EdDSA", validation_alias=_shared("token_algorithm")
    )
    """The one algorithm a token may be signed with."""
    token_seconds_max: int = Field(
        default=900, ge=60, validation_alias=_shared("token_seconds_max")
    )
    """The longest life of a token."""
    cursor_key: str | None = Field(default=None, repr=False, validation_alias=_shared("cursor_key"))
    """Signs page cursors; replicas must share it. Kept in the data folder when not given."""
    webhook_network: Literal["public", "private"] = Field(
        default="public", validation_alias=_shared("webhook_network")
    )
    """Where webhooks may go: https outside, or anywhere in a network closed as a whole."""
    webhook_key: str | None = Field(
        default=None, repr=False, validation_alias=_shared("webhook_key")
    )
    """Secrets of webhooks follow from it; api and worker share it. Kept in the data folder else."""
    webhook_keep_days: int = Field(default=90, ge=1, validation_alias=_shared("webhook_keep_days"))
    """So long a delivered webhook can be looked up (D); then the worker forgets it."""
    webhook_keep_failed_days: int = Field(
        default=730, ge=1, validation_alias=_shared("webhook_keep_failed_days")
    )
    """So long one stays that was never delivered (D). Sent again and delivered, it is like any."""
    checkpoint_key: str | None = Field(
        default=None, repr=False, validation_alias=_shared("checkpoint_key")
    )
    """The key that signs the checkpoints of this service's logs follows from it; only its worker
    has it, and with another one nothing more is signed. Kept in the data folder when not given."""
    checkpoint_keys_previous: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), repr=False, validation_alias=_shared("checkpoint_keys_previous")
    )
    """Keys that signed before, with commas between them: they sign beside the new one for a while,
    and name it. Of a key that is lost, the verifier's text from `/v1/feed/key`."""
    sealing_key: str | None = Field(
        default=None, repr=False, validation_alias=_shared("sealing_key")
    )
    """Wraps the keys of persons; replicas must share it, and without it nobody reads them again.
    Kept in the data folder when not given."""
    sealing_keys_previous: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), repr=False, validation_alias=_shared("sealing_keys_previous")
    )
    """Keys that wrapped before, or will: they only open. With commas between them."""
    problem_base: str = Field(
        default="https://docs.abacus.local/problems/", validation_alias=_shared("problem_base")
    )
    """Where the types of problem documents are explained."""
    language: Literal["zh-CN", "en"] = Field(default="en", validation_alias=_shared("language"))
    """The language of a caller who names none."""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), validation_alias=_shared("cors_origins")
    )
    """Web pages of other origins that may call, with commas between them."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", validation_alias=_shared("log_level")
    )
    """What is worth a line."""
    worker_silence_seconds_max: int = Field(
        default=15, ge=1, validation_alias=_shared("worker_silence_seconds_max")
    )
    """After how long a silent worker makes the api not ready."""

    @field_validator(
        "cors_origins",
        "sealing_keys_previous",
        "checkpoint_keys_previous",
        "gateways",
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        """Origins, keys and gateways come as one text with commas between them."""
        if isinstance(value, str):
            return tuple(one.strip() for one in value.split(",") if one.strip())
        return value

    @field_validator("gateways")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """A name would be believed of nobody: it is refused at start."""
        for one in value:
            ip_network(one, strict=False)
        return value

    @property
    def sealing_secrets(self) -> tuple[bytes, ...]:
        """The key that wraps the keys of persons, then those that only open."""
        current = self.sealing_key or kept_secret(
            self.data_dir / "sealing.key", lambda: secrets.token_hex(32)
        )
        return tuple(one.encode() for one in (current, *self.sealing_keys_previous))

    @property
    def webhook_master(self) -> bytes:
        """The key from which the secrets of webhooks follow."""
        if self.webhook_key:
            return self.webhook_key.encode()
        kept = kept_secret(self.data_dir / "webhook.key", lambda: secrets.token_hex(32))
        return kept.encode()

    @property
    def issuer_key_file(self) -> Path:
        """The private key of the embedded issuer; only where no other issuer is configured."""
        return self.data_dir / "issuer.key.json"

    @property
    def jwks_source(self) -> str:
        """Where public keys are read from."""
        return self.jwks or str(self.data_dir / "issuer.jwks.json")


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """A secret of this machine, made at the first start; when two make one, the first stays."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
