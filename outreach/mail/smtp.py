"""Hand one message to the mail server, and tell refused from unknown."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from outreach.mail.rules import Outcome, Report

SECONDS = 30.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class MailServerError(ValueError):
    """The address of the mail server in the settings cannot be understood."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how mail is handed in: `smtp`, `smtp+starttls` or `smtps`."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = None

    @classmethod
    def from_url(cls, url: str) -> "MailServer":
        """Read scheme://user:password@host:port; user, password and port may be left out."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            schemes = ", ".join(f"{scheme}://" for scheme in PORTS)
            raise MailServerError(f"OUTREACH_SMTP_URL must begin with one of {schemes} and a host")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


def send(server: MailServer, message: EmailMessage) -> Report:
    """One attempt. Whatever fails before the text is under way, nothing was sent."""
    try:
        connection = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        return Report(Outcome.LATER, _words(error), is_no_answer=True)
    try:
        return _hand_over(connection, message)
    finally:
        connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=ssl.create_default_context())
        connection.ehlo_or_helo_if_needed()
        if server.user is not None:
            connection.login(server.user, server.password or "")
    except BaseException:
        connection.close()
        raise
    return connection


def _hand_over(connection: smtplib.SMTP, message: EmailMessage) -> Report:
    sender, recipient = _bare(message["From"]), _bare(message["To"])
    try:
        code, words = connection.mail(sender)
        if code != 250:
            return Report(Outcome.LATER, _reply(code, words))
        code, words = connection.rcpt(recipient)
        if code not in {250, 251}:
            return Report(_refusal(code), _reply(code, words))
    except UnicodeError as error:
        return Report(Outcome.LATER, _words(error))
    except (OSError, smtplib.SMTPException) as error:
        return Report(Outcome.LATER, _words(error), is_no_answer=True)
    try:
        code, words = connection.data(message.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as error:
        return Report(_refusal(error.smtp_code), _reply(error.smtp_code, error.smtp_error))
    except (OSError, smtplib.SMTPException) as error:
        # The text was under way: it may or may not have arrived.
        return Report(Outcome.UNKNOWN, f"{Outcome.UNKNOWN}: {_words(error)}", is_no_answer=True)
    if code != 250:
        return Report(_refusal(code), _reply(code, words))
    return Report(Outcome.SENT)


def _bare(address: str) -> str:
    return address.rpartition("<")[2].rstrip(">").strip()


def _refusal(code: int) -> Outcome:
    return Outcome.LATER if 400 <= code < 500 else Outcome.REFUSED


def _reply(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"
