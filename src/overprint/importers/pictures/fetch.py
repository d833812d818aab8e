"""Fetch pictures from the web: the only use of the network, for `--fetch-images` alone.

Only https, only public addresses: a host's name is looked up once, every address checked, and the connection made to
the address that was checked. Each redirect is checked anew. Size and time are bounded, nothing is sent but the request.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from overprint import __version__

LARGEST = 20 * 2**20
SECONDS = 20.0
REDIRECTS = 5
PIECE = 65_536
# Networks that lead to IPv4 addresses in disguise: translation, 6to4 and Teredo.
DISGUISED = tuple(ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))


class Refused(Exception):  # noqa: N818 - it carries what is said, not a fault of ours
    """A picture was not fetched; the message says why, to stand after “because”."""


def is_public(address: str) -> bool:
    """Say whether an address is on the open web, and no machine of this house.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("fe80::1%eth0")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    if mapped:
        return is_public(str(mapped))
    return ip.is_global and not ip.is_multicast and not any(ip in each for each in DISGUISED)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pictures within limits.

    Attributes:
        allows: says of an IP address whether it may be asked; tests put their own machine here.
        trust: whose certificates are believed.
        largest: bytes.
        seconds: for one picture, redirects included.
    """

    allows: Callable[[str], bool] = is_public
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    largest: int = LARGEST
    seconds: float = SECONDS

    def fetch(self, url: str) -> bytes:
        """Return what stands at an address.

        Raises:
            Refused: it is not https, not public, too large, too slow, or not there.
        """
        ended = threading.Event()
        sockets: list[socket.socket] = []

        def end() -> None:
            ended.set()
            for each in sockets:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

        clock = threading.Timer(self.seconds, end)  # also a server that sends a byte now and then comes to an end
        clock.daemon = True
        clock.start()
        try:
            for _ in range(REDIRECTS + 1):
                data, url = self._ask(url, sockets, ended)
                if not url:
                    return data
            raise Refused("it leads from one address to the next without end")
        except (OSError, http.client.HTTPException, ValueError) as failed:
            if ended.is_set() or isinstance(failed, TimeoutError):
                raise Refused(f"the server did not send it within {self.seconds:g} seconds") from None
            raise Refused(_why(failed)) from None
        finally:
            clock.cancel()
            for each in sockets:
                each.close()

    def _ask(self, url: str, sockets: list[socket.socket], ended: threading.Event) -> tuple[bytes, str]:
        """Return what a server sent, or the address to which it redirects."""
        parts = _parts(url)
        connection = _Connection(parts.hostname or "", parts.port or 443, self, sockets)
        with contextlib.closing(connection):
            connection.request("GET", _target(parts), headers=_headers())
            if ended.is_set():
                raise TimeoutError
            answer = connection.getresponse()
            if answer.status in {301, 302, 303, 307, 308} and (further := answer.getheader("Location")):
                return b"", urljoin(url, further)
            if answer.status != 200:
                raise Refused(f"the server answers {answer.status} {answer.reason}".rstrip())
            return b"".join(self._pieces(answer, ended)), ""

    def _pieces(self, answer: http.client.HTTPResponse, ended: threading.Event) -> Iterator[bytes]:
        left = self.largest
        if (answer.length or 0) > left:
            raise Refused(f"it is larger than {self.largest // 2**20 or 1} MB")
        while piece := answer.read1(PIECE):
            left -= len(piece)
            if left < 0:
                raise Refused(f"it is larger than {self.largest // 2**20 or 1} MB")
            yield piece
        if ended.is_set():
            raise TimeoutError
        if answer.length:
            raise Refused("the connection broke off")


class _Connection(http.client.HTTPSConnection):
    """A connection to an address that was checked, with the host's name for its certificate."""

    def __init__(self, host: str, port: int, fetcher: Fetcher, sockets: list[socket.socket]) -> None:
        super().__init__(host, port, timeout=fetcher.seconds, context=fetcher.trust)
        self._fetcher, self._sockets = fetcher, sockets

    def connect(self) -> None:
        """Look the host up once, check every address, and connect to one of them."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not addresses or not all(map(self._fetcher.allows, addresses)):
            raise Refused("it is on this computer or its own network, not on the web")
        failed: OSError = OSError("no address answers")
        for address in addresses:
            try:
                raw = socket.create_connection((address, self.port), self._fetcher.seconds)
            except OSError as why:
                failed = why
                continue
            trust = self._fetcher.trust
            self.sock = trust.wrap_socket(raw, server_hostname=self.host, do_handshake_on_connect=False)
            self._sockets.append(self.sock)  # first, so that a slow handshake can be ended too
            self.sock.do_handshake()
            return
        raise failed


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise Refused("its address does not begin with https://")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise Refused("its address is not one of the open web")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    return parts._replace(netloc=f"[{host}]:{parts.port or 443}" if ":" in host else f"{host}:{parts.port or 443}")


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


def _headers() -> dict[str, str]:
    agent = f"overprint/{__version__}"
    return {"User-Agent": agent, "Accept": "image/*", "Accept-Encoding": "identity", "Connection": "close"}


def _why(failed: Exception) -> str:
    if isinstance(failed, ssl.SSLCertVerificationError):
        return f"the server's certificate is not to be trusted ({failed.verify_message})"
    if isinstance(failed, socket.gaierror):
        return "its server is not known"
    if isinstance(failed, OSError):
        return f"the server cannot be reached ({failed.strerror or 'no answer'})"
    return "the server's answer cannot be understood"
