"""The limits of the network, proved with a server of our own on this machine."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from overprint.importers.pictures.fetch import Fetcher, Refused, is_public

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the server's certificate")
BODY = b"picture" * 100


class Answers(BaseHTTPRequestHandler):
    """Answers each path in its own bad way."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.strip("/")
        if name.startswith("go/"):
            self.send_response(302)
            self.send_header("Location", name.removeprefix("go/").replace("HERE", f"https://localhost:{self._port}"))
            self.end_headers()
        elif name in {"cut", "huge"}:
            self.send_response(200)
            self.send_header("Content-Length", str(10**9 if name == "huge" else 2 * len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)
        elif name == "endless":
            self.send_response(200)
            self.end_headers()
            self._until_hung_up(BODY)
        elif name == "slow":
            self._until_hung_up(b"H", 0.05)
        elif name == "gone":
            self.send_error(404)
        else:
            self.send_response(200)
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)

    @property
    def _port(self) -> int:
        return int(self.connection.getsockname()[1])

    def _until_hung_up(self, piece: bytes, wait: float = 0.0) -> None:
        try:
            for _ in range(100_000):
                self.wfile.write(piece)
                time.sleep(wait)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know `localhost` on a machine that has no table of names."""
    own = socket.getaddrinfo

    def known(host: Any, *rest: Any, **more: Any) -> Any:
        return own("127.0.0.1" if host == "localhost" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", known)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *key, *names, "-keyout", f"{path}.key", "-out", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.key").read_bytes())
    return path


@pytest.fixture
def server(certificate: Path) -> Iterator[str]:
    Answers.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher(certificate: Path) -> Fetcher:
    return Fetcher(allows=lambda address: True, trust=ssl.create_default_context(cafile=str(certificate)), seconds=5)


def test_a_picture_comes_whole_and_by_redirects(server: str, fetcher: Fetcher) -> None:
    assert fetcher.fetch(f"{server}/bee.png") == BODY
    assert fetcher.fetch(f"{server}/go/HERE/b%20ee.png?size=2#top") == BODY
    assert Answers.asked[-1] == "/b%20ee.png?size=2"


def test_this_machine_is_not_asked(server: str, fetcher: Fetcher) -> None:
    guarded = Fetcher(trust=fetcher.trust)
    port = server.rpartition(":")[2]
    for host in ("localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433"):
        with pytest.raises(Refused, match="not on the web"):
            guarded.fetch(f"https://{host}:{port}/bee.png")
    assert Answers.asked == []


def test_a_redirect_is_checked_like_the_first_address(server: str, fetcher: Fetcher) -> None:
    seen: list[str] = []

    def only_first(address: str) -> bool:
        seen.append(address)
        return len(seen) == 1

    once = Fetcher(allows=only_first, trust=fetcher.trust)
    with pytest.raises(Refused, match="not on the web"):
        once.fetch(f"{server}/go/HERE/bee.png")
    assert Answers.asked == ["/go/HERE/bee.png"]


def test_the_connection_is_to_the_address_that_was_checked(
    server: str, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = []
    real = socket.getaddrinfo

    def once(host: str, *args: object, **named: object) -> object:
        if host == "localhost":
            looked_up.append(host)
            return real("127.0.0.1", *args, **named)  # type: ignore[arg-type]
        return real(host, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    assert fetcher.fetch(f"{server}/bee.png") == BODY
    assert looked_up == ["localhost"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("gone", "answers 404"),
        ("cut", "broke off|cannot be"),
        ("huge", "larger than"),
        ("go/http://localhost/bee.png", "https"),
        ("go/file:///etc/passwd", "https"),
        ("go/https://ada:secret@localhost/bee.png", "open web"),
    ],
)
def test_what_is_not_fetched_says_why(path: str, why: str, server: str, fetcher: Fetcher) -> None:
    with pytest.raises(Refused, match=why):
        fetcher.fetch(f"{server}/{path}")


def test_redirects_come_to_an_end(server: str, fetcher: Fetcher) -> None:
    with pytest.raises(Refused, match="without end"):
        fetcher.fetch(f"{server}/{'go/HERE/' * 9}bee.png")
    assert len(Answers.asked) == 6


def test_an_endless_picture_is_cut_off(server: str, fetcher: Fetcher) -> None:
    small = Fetcher(allows=fetcher.allows, trust=fetcher.trust, largest=100_000, seconds=30)
    with pytest.raises(Refused, match="larger than"):
        small.fetch(f"{server}/endless")


@pytest.mark.parametrize("path", ["slow", "endless"])
def test_a_server_that_dawdles_is_cut_off(path: str, server: str, fetcher: Fetcher) -> None:
    hasty = Fetcher(allows=fetcher.allows, trust=fetcher.trust, largest=10**12, seconds=0.5)
    with pytest.raises(Refused, match=r"within 0\.5 seconds"):
        hasty.fetch(f"{server}/{path}")


def test_a_server_that_never_speaks_is_cut_off(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hasty = Fetcher(allows=fetcher.allows, trust=fetcher.trust, seconds=0.3)
        with pytest.raises(Refused, match="within"):
            hasty.fetch(f"https://127.0.0.1:{silent.getsockname()[1]}/bee.png")


def test_a_stranger_s_certificate_is_not_believed(server: str) -> None:
    with pytest.raises(Refused, match="certificate"):
        Fetcher(allows=lambda address: True).fetch(f"{server}/bee.png")


@pytest.mark.parametrize("url", ["http://example.org/a.png", "ftp://example.org/a", "https://", "https://[::1/a", "x"])
def test_addresses_that_are_none(url: str, fetcher: Fetcher) -> None:
    with pytest.raises(Refused):
        fetcher.fetch(url)


@pytest.mark.parametrize(
    "address",
    "10.0.0.1 172.16.5.4 192.168.1.1 127.9.9.9 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: "
    "fe80::1 fc00::1 ff02::1 ::ffff:192.168.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:7f00:1::1".split(),
)
def test_addresses_of_this_house(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_web(address: str) -> None:
    assert is_public(address)
