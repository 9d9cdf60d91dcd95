"""Behind the gateway everybody is who they are: the services believe it, and nobody else."""

from ipaddress import ip_network
from typing import Any

import pytest
import yaml

from shared.http.addresses import Gateways
from tests.architecture.house import ROOT, SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_every_api_believes_the_network_of_the_gateway_alone(service: str) -> None:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    [inside] = compose["networks"]["inside"]["ipam"]["config"]
    named = compose["services"][f"{service}-api"]["environment"]["ABACUS_GATEWAYS"]
    assert [ip_network(one) for one in named.split(",")] == [ip_network(inside["subnet"])]
    assert "inside" in compose["services"]["gateway"]["networks"]
    # Whoever reaches an api otherwise is not in that network: it has no port of its own.
    assert "ports" not in compose["services"][f"{service}-api"]
    believed = Gateways(named.split(","))
    told = [(b"x-forwarded-for", b"203.0.113.7")]
    assert believed.client(str(ip_network(named)[9]), told) == "203.0.113.7"


def test_the_gateway_does_not_pass_on_what_a_client_says_of_itself() -> None:
    """Caddy writes who connects, or whom a proxy in front of it names that it was told of."""
    lines = (ROOT / "deploy" / "gateway" / "Caddyfile").read_text("utf-8").splitlines()
    acting = [line.strip() for line in lines if not line.strip().startswith("#")]
    believed = [line for line in acting if "trusted_proxies" in line]
    assert believed == [
        "trusted_proxies static {$ABACUS_PROXIES:127.0.0.1/32}",
        "trusted_proxies_strict",
    ]
    written = [line for line in acting if "X-Forwarded-For" in line]
    assert written == ["header_up X-Forwarded-For {client_ip}"] * len(SERVICES)
