"""A real SMTP server on this machine, and servers that refuse in various ways."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Lock, Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Takes what it is told to take, and answers the rest as it is told."""

    def __init__(
        self, *, rcpt: str = "250 OK", data: str = "250 OK", seconds_each: float = 0
    ) -> None:
        self._seconds_each = seconds_each
        self._rcpt = rcpt
        self._data = data
        self._lock = Lock()
        self.received: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.url = ""

    async def handle_RCPT(  # noqa: N802  # the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self._rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self._rcpt

    async def handle_DATA(  # noqa: N802  # the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self._seconds_each)
        if self._data.startswith("250"):
            content = envelope.content
            message = message_from_bytes(bytes(content or b""), policy=default)
            with self._lock:
                assert isinstance(message, EmailMessage)
                self.received.append(message)
                self.recipients += envelope.rcpt_tos
        return self._data


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[Mailbox]:
    """The mailbox behind a server on a free port of this machine; its address is `url`."""
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{port}"
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def breaking_off() -> Iterator[int]:
    """A server that takes sender and recipient, asks for the text, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            for line in lines:
                if line.upper().startswith(b"DATA"):
                    connection.sendall(b"354 go ahead\r\n")
                    lines.readline()
                    return
                connection.sendall(b"250 OK\r\n")

    thread = Thread(target=serve)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        thread.join()
        listener.close()
