"""One mail server: how it is reached, and one attempt to hand it one mail, told by what became of it."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown

BUSY = 60.0
"""Seconds to wait where a server says "later" (greylisting, too many mails)."""

_POLICY = re.compile(rb"\b5\.7\.\d+\b")
"""An enhanced status (RFC 3463) that means our rights rather than the mailbox."""
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_NO_SUCH_SIZE = 552


class MailServer:
    """A server given as smtp://user:password@host:port, or smtps:// for TLS from the start.

    On smtp:// STARTTLS is used wherever the server offers it; a password is sent under TLS only. `timeout` is in
    seconds, for each step.
    """

    def __init__(self, server: str, timeout: float, trust: ssl.SSLContext | None = None) -> None:
        self._trust = trust or ssl.create_default_context()
        self._timeout = timeout
        parts = urlsplit(server)
        self._tls = parts.scheme == "smtps"
        self.host = parts.hostname or ""
        self._port = parts.port or (465 if self._tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    @property
    def sender(self) -> str:
        """The address that mails bear where no other is set."""
        return self._user if "@" in self._user else f"nhacviec@{self.host}"

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """Open a connection on which mails may be sent. Raises OSError, SMTPException."""
        with self._opened() as server:
            if self._password:
                server.login(self._user, self._password)
            yield server

    @contextmanager
    def _opened(self) -> Iterator[smtplib.SMTP]:
        if self._tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self._port, timeout=self._timeout, context=self._trust)
        else:
            server = smtplib.SMTP(self.host, self._port, timeout=self._timeout)
        try:
            server.ehlo()
            if not self._tls and server.has_extn("starttls"):
                server.starttls(context=self._trust)
                server.ehlo()
            elif not self._tls and self._password:
                raise smtplib.SMTPNotSupportedError("no TLS, and a password to send")
            yield server
        finally:
            _leave(server)

    def greets(self) -> bool:
        """Whether the server answers at all."""
        try:
            with self._opened():
                return True
        except (OSError, smtplib.SMTPException):
            return False

    def hand_over(self, sender: str, to: str, mail: bytes, name: str) -> Outcome:
        """Make one attempt; `name` is what a mail that was taken is known by."""
        try:
            with self.connected() as server:
                refused = _announced(server, sender, to, len(mail))
                return refused or _handed(server, mail, name)
        except (OSError, smtplib.SMTPException) as error:  # nothing of the mail itself had left
            return _before_the_mail(error)

    def trouble(self) -> Refused | None:
        """Return why no mail could be handed over at all, None where the server lets us in."""
        try:
            with self.connected():
                return None
        except (OSError, smtplib.SMTPException) as error:
            return _before_the_mail(error)


def _before_the_mail(error: OSError | smtplib.SMTPException) -> Refused:
    match error:
        case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=said):
            return _busy(code, _raw(said)) or Refused(Reason.ACCOUNT, _said(code, said))
        case smtplib.SMTPNotSupportedError() | ssl.SSLCertVerificationError():
            return Refused(Reason.ACCOUNT, type(error).__name__)
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=said):
            return _busy(code, _raw(said)) or Refused(Reason.UNREACHED, _said(code, said))
        case _:
            return Refused(Reason.UNREACHED, type(error).__name__)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; whether that is heard changes nothing."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _announced(server: smtplib.SMTP, sender: str, to: str, size: int) -> Refused | None:
    """Name sender and recipient; return why they are not taken, None where they are."""
    told = [f"size={size}"] if server.has_extn("size") else []
    code, said = server.mail(sender, told)
    if code != 250:
        why = Reason.BROKEN if code == _NO_SUCH_SIZE else Reason.ACCOUNT
        return _busy(code, said) or Refused(why, _said(code, said))
    code, said = server.rcpt(to)
    if code not in {250, 251}:
        why = Reason.ACCOUNT if _POLICY.search(said) or code == 530 else Reason.BLOCKED
        return _busy(code, said) or Refused(why, _said(code, said))
    code, said = server.docmd("DATA")
    if code != 354:
        return _busy(code, said) or Refused(Reason.BROKEN, _said(code, said))
    return None


def _handed(server: smtplib.SMTP, mail: bytes, name: str) -> Outcome:
    """Send the mail itself; from its first byte on nobody knows until the server answers."""
    try:
        server.send(_LEADING_DOT.sub(b"..", mail) + b".\r\n")
        code, said = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Unknown(type(error).__name__)
    if code == 250:
        return Delivered(name)
    return _busy(code, said) or Refused(Reason.BROKEN, _said(code, said))


def _busy(code: int, said: bytes) -> Refused | None:
    return Refused(Reason.FLOOD, _said(code, said), retry_after=BUSY) if 400 <= code < 500 else None


def _raw(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _said(code: int, said: bytes | str) -> str:
    """Return the status alone: servers repeat addresses in their words."""
    found = re.match(rb"\d\.\d{1,3}\.\d{1,3}", _raw(said))
    return f"{code} {found.group().decode()}" if found else str(code)
