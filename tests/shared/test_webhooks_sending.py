"""One POST: no redirect is followed, no long answer is read, nobody is waited for too long."""

import asyncio
import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.webhooks.addresses import target_of
from shared.webhooks.sending import PLAIN, NotAnswered, Terms, post
from tests.shared.receiving import OK, Receiver, receiver, status

HEADERS = {"webhook-id": "msg_1"}


async def sent(one: Receiver, terms: Terms = PLAIN) -> int:
    """The status of one POST to a receiver."""
    target = target_of(f"http://hooks.test:{one.port}/path?q=1", "private")
    return (await post(target, "127.0.0.1", HEADERS, b'{"a":1}', terms=terms)).status


async def test_what_is_sent_arrives_as_it_is() -> None:
    async with receiver() as one:
        assert await sent(one) == 204
        (got,) = one.got
        assert (got.path, got.body) == ("/path?q=1", b'{"a":1}')
        assert got.headers["webhook-id"] == "msg_1"
        assert got.headers["content-type"] == "application/json"


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async with receiver() as elsewhere:
        place = f"Location: http://127.0.0.1:{elsewhere.port}/"
        for code in (301, 302, 303, 307, 308):
            async with receiver([status(code, place)]) as one:
                assert await sent(one) == code
        assert elsewhere.connections == 0


async def test_an_interim_answer_is_waited_out() -> None:
    async with receiver([status(103) + OK]) as one:
        assert await sent(one) == 204


async def test_how_long_to_wait_is_read_in_seconds_only() -> None:
    async with receiver([status(503, "Retry-After: 120")]) as one:
        target = target_of(f"http://hooks.test:{one.port}/", "private")
        assert (await post(target, "127.0.0.1", {}, b"", terms=PLAIN)).retry_after == 120
    async with receiver([status(503, "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT")]) as one:
        target = target_of(f"http://hooks.test:{one.port}/", "private")
        assert (await post(target, "127.0.0.1", {}, b"", terms=PLAIN)).retry_after is None


BAD = {
    "silence": b"",
    "half an answer": b"HTTP/1.1 200 OK\r\nX",
    "not HTTP": b"SSH-2.0-OpenSSH_9.0\r\n",
    "an endless line": b"HTTP/1.1 200 " + b"x" * 100_000 + b"\r\n\r\n",
    "an endless header": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000,
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000,
    "only interim answers": status(103) * 50,
    "a status of its own": b"HTTP/1.1 999 Word\r\n\r\n",
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD)
async def test_an_answer_that_is_none_is_a_failure(answer: bytes) -> None:
    async with receiver([answer]) as one:
        with pytest.raises(NotAnswered):
            await sent(one)


async def test_a_long_body_is_not_read() -> None:
    async with receiver([b"HTTP/1.1 200 OK\r\n\r\n"]) as one:
        one.endless = True
        assert await sent(one) == 200


async def test_nobody_is_waited_for_too_long() -> None:
    async with receiver([b""]) as one:
        one.patience = asyncio.Event()
        with pytest.raises(NotAnswered, match=r"no answer within 0\.2 seconds"):
            await sent(one, Terms(seconds=0.2))
        one.patience.set()


async def test_nobody_listens() -> None:
    async with receiver() as one:
        pass
    with pytest.raises(NotAnswered):
        await sent(one)


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate of this name, and a client's that believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))


async def test_https_is_spoken_with_the_name_not_the_address(tmp_path: Path) -> None:
    server, trust = certificate(tmp_path, "hooks.test")
    async with receiver(tls=server) as one:
        good = target_of(f"https://hooks.test:{one.port}/", "private")
        assert (await post(good, "127.0.0.1", {}, b"", terms=Terms(trust=trust))).status == 204
        other = target_of(f"https://other.test:{one.port}/", "private")
        for target, believed in ((other, trust), (good, None)):
            with pytest.raises(NotAnswered, match="TLS"):
                await post(target, "127.0.0.1", {}, b"", terms=Terms(trust=believed))
        assert len(one.got) == 1
