"""The digest on its way: as a mail (RFC 5322, 2919, 8058), over SMTP, and to a webhook (Slack, Discord, any other).

Nothing here decides what is told; nothing is sent that was not asked for.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Literal
from urllib.parse import quote, urlsplit

from pipeline.errors import SendError
from pipeline.publish import digest
from pipeline.publish.digest import Digest
from pipeline.publish.wording import outside, printable

TIMEOUT = 30  # seconds
DISCORD = 2000  # characters of one message


@dataclass(frozen=True, slots=True)
class Account:
    """Where mail is handed in, and in whose name."""

    host: str
    sender: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


class _Whole(EmailPolicy):
    """Folds as usual, but for addresses: many a mail program does not put a folded or encoded one together again."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name in {"List-Id", "List-Unsubscribe"}:
            return f"{name}: {value}{self.linesep}".encode()
        return super().fold_binary(name, value)


def message(told: Digest, *, period: str, sender: str, recipient: str, authority: str, unsubscribe: str = "") -> bytes:
    """The digest as a mail to one reader: the same digest to the same reader is the same bytes, ``Message-ID`` too.

    ``unsubscribe`` is an https address that takes a reader off the list with one POST (RFC 8058); ``{address}`` in it
    stands for the reader. Without it the header asks for a mail to the sender. Raises `SendError` for a bad address.
    """
    mail = EmailMessage(policy=_Whole(linesep="\r\n"))
    mail["From"] = _address(sender, "docketwire")
    mail["To"] = _address(recipient)
    mail["Subject"] = _one_line(f"{told.title}: {told.subject}")
    mail["Date"] = datetime.fromisoformat(told.until)
    identity = hashlib.sha256(f"{period}\n{told.since}\n{told.until}\n{recipient}".encode()).hexdigest()[:24]
    mail["Message-ID"] = f"<digest.{period}.{identity}@{authority}>"
    mail["List-Id"] = f"docketwire {period} digest <{period}.digest.{authority}>"
    address = unsubscribe.replace("{address}", quote(recipient, safe=""))
    by_mail = f"<mailto:{_address(sender).addr_spec}?subject=unsubscribe%20{period}>"
    mail["List-Unsubscribe"] = f"<{address}>, {by_mail}" if address else by_mail
    if address:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(printable(digest.text(told, leave=address)), cte="quoted-printable")
    mail.add_alternative(digest.page(told, leave=address), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{identity}")
    return mail.as_bytes()


def _address(text: str, name: str = "") -> Address:
    try:
        found = Address(name, addr_spec=text.strip())
        text.strip().encode("ascii")
    except (ValueError, IndexError, MessageError) as error:
        raise SendError(text, "is no mail address", "correct mail_from or mail_to in docketwire.toml") from error
    return found


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


# ---------------------------------------------------------------------------------------------- SMTP


def send(
    mails: Sequence[tuple[str, bytes]], account: Account, *, trust: ssl.SSLContext | None = None
) -> Iterator[tuple[str, str | None]]:
    """Hand in mails, (recipient, message). Yields for each its recipient and what went wrong, or None.

    ``trust`` says whose certificates are believed: by default the system's, and those of ``SSL_CERT_FILE``.
    Raises `SendError` when the server cannot be spoken to at all.
    """
    place = f"{account.host}:{account.port}"
    trust = trust or ssl.create_default_context()
    try:
        if account.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(account.host, account.port, timeout=TIMEOUT, context=trust)
        else:
            server = smtplib.SMTP(account.host, account.port, timeout=TIMEOUT)
        with server:
            if account.security == "starttls":
                server.starttls(context=trust)
            if account.user:
                server.login(account.user, account.password)
            for recipient, mail in mails:
                try:
                    server.sendmail(account.sender, [recipient], mail)
                    yield recipient, None
                except smtplib.SMTPServerDisconnected:
                    raise
                except smtplib.SMTPRecipientsRefused as error:
                    code, why = error.recipients[recipient]
                    yield recipient, f"refused: {code} {why.decode(errors='replace')}"
                except smtplib.SMTPResponseException as error:
                    yield recipient, f"refused: {error.smtp_code} {_said(error)}"
    except smtplib.SMTPAuthenticationError as error:
        raise SendError(
            place, f"does not accept the login: {_said(error)}", "check mail_user and the password"
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise SendError(
            place, f"cannot be handed mail: {error}", "check mail_host, mail_port, mail_security"
        ) from error


def _said(error: smtplib.SMTPResponseException) -> str:
    return error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)


# ---------------------------------------------------------------------------------------------- webhook


def payload(told: Digest, url: str, *, site: str) -> dict[str, object]:
    """What is posted, in the shape that the address asks for: Slack's, Discord's, or one of our own."""
    host = urlsplit(url).hostname if outside(url) else None
    title = f"{told.title}: {told.subject}"
    if host == "hooks.slack.com":
        lines = [f"*{_slack(title)}*", *(f"• <{_slack(line.links[0][1])}|{_slack(line.title)}>" for line in _all(told))]
        return {"text": "\n".join([*lines, site])}
    if host in {"discord.com", "discordapp.com"}:
        kept = f"**{title}**"[: DISCORD - len(site) - 1]
        for line in _all(told):
            if len(f"{kept}\n• {line.title}\n{site}") > DISCORD:
                break
            kept += f"\n• {line.title}"
        return {"content": f"{kept}\n{site}", "allowed_mentions": {"parse": []}}
    sections = {
        section: [{"title": line.title, "quotes": _quotes(line), "links": dict(line.links)} for line in lines]
        for section, lines in told.sections.items()
    }
    return {
        "title": title, "since": told.since, "until": told.until, "counts": told.counts, "routine": told.routine,
        "sections": sections, "site": site,
    }  # fmt: skip


def _all(told: Digest) -> Iterator[digest.Line]:
    for lines in told.sections.values():
        yield from lines


def _quotes(line: digest.Line) -> list[dict[str, str]]:
    return [{"words": words, "place": place} for words, place in zip(line.quotes, line.cites, strict=True)]


def _slack(text: str) -> str:
    """Slack’s three special characters: nobody is paged by a headline that says <!channel>."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def post(url: str, body: dict[str, object]) -> None:
    """Post JSON. Raises `SendError`; the address is a secret and is not said."""
    if outside(url) is None:
        raise SendError("webhook", "is no web address", "set DOCKETWIRE_WEBHOOK to one")
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
            pass
    except urllib.error.HTTPError as error:
        error.close()
        raise SendError("webhook", f"answered {error.code}", "check DOCKETWIRE_WEBHOOK") from None
    except (OSError, ValueError, http.client.HTTPException) as error:  # an odd address; an answer that is no HTTP
        why = getattr(error, "reason", None) or type(error).__name__
        raise SendError("webhook", f"cannot be reached: {why}", "check DOCKETWIRE_WEBHOOK") from None
