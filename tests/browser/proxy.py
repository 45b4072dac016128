"""A small real proxy between the browser and the server, that can lose an answer or be gone."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Proxy:
    """What stands between: `loses` makes it answer 502 after the server has done what was asked.

    `is_down` makes it close every connection without a word, as a dead network does.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream)
        self.loses: set[tuple[str, str]] = set()
        self.is_down = False
        self.lost = 0
        self.passed: list[tuple[str, str, int]] = []
        self.address = ""

    def forward(self, handler: BaseHTTPRequestHandler) -> None:
        """Hand one request on and its answer back, or lose it."""
        if self.is_down:
            handler.close_connection = True
            return
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length) if length else None
        headers = dict(handler.headers.items())
        path = urlsplit(handler.path).path
        try:
            status, reason, answered, content = self._ask(handler, headers, body)
        except (OSError, http.client.HTTPException):
            status, reason, answered, content = 502, "Bad Gateway", [], b"gone"
        if (handler.command, path) in self.loses:
            self.lost += 1
            status, reason, answered, content = 502, "Bad Gateway", [], b"<h1>Bad Gateway</h1>"
        self.passed.append((handler.command, path, status))
        # A browser that has gone on to another page does not wait for what it asked for.
        with suppress(ConnectionError):
            self._answer(handler, status, reason, answered, content)

    def _answer(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        reason: str,
        answered: list[tuple[str, str]],
        content: bytes,
    ) -> None:
        handler.send_response_only(status, reason)
        for name, value in answered:
            if name.lower() not in HOP_BY_HOP:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def _ask(
        self, handler: BaseHTTPRequestHandler, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, str, list[tuple[str, str]], bytes]:
        upstream = http.client.HTTPConnection(
            self.upstream.hostname or "", self.upstream.port, timeout=60
        )
        try:
            upstream.request(handler.command, handler.path, body, headers | {"Connection": "close"})
            answer = upstream.getresponse()
            return answer.status, answer.reason, answer.getheaders(), answer.read()
        finally:
            upstream.close()


@contextmanager
def proxy_before(upstream: str) -> Iterator[Proxy]:
    """A proxy on a port of its own until the block ends."""
    proxy = Proxy(upstream)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            proxy.forward(self)

        def do_POST(self) -> None:
            proxy.forward(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
