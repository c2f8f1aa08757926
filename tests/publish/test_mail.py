from __future__ import annotations

import email
import email.policy
import json
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.cli.site import free_port
from pipeline.errors import SendError
from pipeline.publish.digest import Digest, Line, text
from pipeline.publish.mail import Account, message, payload, post, send
from pipeline.publish.wording import printable

LINE = Line(
    "In re Lantern Models: Motion denied (ECF 91) <!channel>",
    ("It is DENIED.",),
    ("https://d.example/document/91#p1",),
    (("Document", "https://d.example/document/91"),),
)
TOLD = Digest(
    "Thu 21 Nov 2030", "2030-11-20T04:12:00+00:00", "2030-11-21T04:12:00+00:00", {"Rulings": [LINE]}, {"Rulings": 1}, 3, "2030-11-21T04:10:00+00:00",
)  # fmt: skip
TO = {"period": "daily", "sender": "digest@d.example", "recipient": "pat@reader.example", "authority": "d.example"}


def parsed(body: bytes):
    return email.message_from_bytes(body, policy=email.policy.default)


def test_the_same_digest_to_the_same_reader_is_the_same_mail():
    assert message(TOLD, **TO) == message(TOLD, **TO)
    assert (
        parsed(message(TOLD, **TO))["Message-ID"]
        != parsed(message(TOLD, **TO | {"recipient": "al@reader.example"}))["Message-ID"]
    )


def test_a_reader_can_leave_with_one_click():
    mail = parsed(message(TOLD, **TO, unsubscribe="https://d.example/leave?who={address}&list=daily"))
    assert (
        mail["List-Unsubscribe"]
        .lstrip()
        .startswith("<https://d.example/leave?who=pat%40reader.example&list=daily>, <mailto:digest@d.example")
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "docketwire daily digest <daily.digest.d.example>"
    plain = parsed(message(TOLD, **TO))
    assert plain["List-Unsubscribe"] == "<mailto:digest@d.example?subject=unsubscribe%20daily>"
    assert "List-Unsubscribe-Post" not in plain


def test_an_address_of_any_length_stands_whole():
    address = "https://d.example/" + "leave/" * 60
    whole = message(TOLD, **TO, unsubscribe=address)
    assert f"List-Unsubscribe: <{address}>, <mailto:".encode() in whole
    text, page = (part.get_content() for part in parsed(whole).iter_parts())
    assert f"No more of these mails: {address}" in text
    assert html.fromstring(page).xpath("//a[.='No more of these mails']/@href") == [address]


def test_a_mail_says_the_digest_twice_in_text_and_html():
    mail = parsed(message(TOLD, **TO))
    assert (mail["From"], mail["To"]) == ("docketwire <digest@d.example>", "pat@reader.example")
    assert mail["Subject"] == "Thu 21 Nov 2030: 1 ruling"
    assert mail["Date"].datetime.isoformat() == TOLD.until
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, marked = mail.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text(TOLD)
    assert "<strong>In re Lantern Models: Motion denied (ECF 91) &lt;!channel&gt;</strong>" in marked.get_content()


@given(
    st.text(max_size=200)
    | st.sampled_from(
        ["a\r\nBcc: x@y.example", "]]>", "\x00\x1b\x85", "\ud800", "🦉\u202e", "x" * 10_000, "\n.\n", "=_"]
    )
)
def test_any_title_gives_one_well_formed_mail(words):
    told = Digest(
        words,
        TOLD.since,
        TOLD.until,
        {
            "News": [
                Line(
                    words, (words,), ("https://d.example/document/1",), (("Document", "https://d.example/document/1"),)
                )
            ]
        },
        {"News": 1},
        0,
        TOLD.changed,
    )
    body = message(told, **TO)
    mail = parsed(body)
    assert not mail.defects
    assert "Bcc" not in mail
    assert len(mail.get_all("Subject")) == 1
    assert " ".join(mail["Subject"].split()) == " ".join(f"{printable(words)}: 1 story".split())
    assert all(len(line) <= 998 for line in body.split(b"\r\n"))  # RFC 5322 §2.1.1
    assert len(list(mail.iter_parts())) == 2


@pytest.mark.parametrize(
    "address", ["nobody", "a b@c.example", "x@y.example\nBcc: z@y.example", "@", "", "ü@x.example"]
)
def test_what_is_no_address_is_named(address):
    with pytest.raises(SendError, match="mail address"):
        message(TOLD, **TO | {"recipient": address})


# ---------------------------------------------------------------------------------------------- a real server


class Box:
    """Keeps what it is handed; refuses readers named gone."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        if address.startswith("gone"):
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def server():
    box = Box()

    def login(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"docketwire", b"secret"), handled=False)

    controller = Controller(
        box, hostname="127.0.0.1", port=free_port("127.0.0.1", 8025), authenticator=login, auth_require_tls=False
    )
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


def account(server, **values):
    return Account(
        "127.0.0.1",
        "digest@d.example",
        server.port,
        **{"security": "none", "user": "docketwire", "password": "secret"} | values,
    )


def test_mails_arrive_as_they_were_written(server):
    mail = message(TOLD, **TO)
    assert list(send([("pat@reader.example", mail)], account(server))) == [("pat@reader.example", None)]
    [(readers, content)] = server.mails
    assert readers == ["pat@reader.example"]
    assert content.rstrip() == mail.rstrip()


def test_one_reader_who_is_gone_stops_nobody(server):
    mails = [(name, message(TOLD, **TO | {"recipient": name})) for name in ("gone@r.example", "al@r.example")]
    (_, trouble), (_, fine) = send(mails, account(server))
    assert trouble == "refused: 550 no such reader"
    assert fine is None
    assert [readers for readers, _ in server.mails] == [["al@r.example"]]


def test_a_wrong_password_is_said_and_not_shown(server):
    with pytest.raises(SendError, match="does not accept the login") as caught:
        list(send([("pat@reader.example", b"")], account(server, password="tell-nobody")))
    assert "tell-nobody" not in str(caught.value)
    assert "tell-nobody" not in repr(account(server, password="tell-nobody"))


def test_a_server_without_tls_is_not_spoken_to_in_the_clear(server):
    with pytest.raises(SendError, match="STARTTLS"):
        list(send([("pat@reader.example", b"x")], account(server, security="starttls")))
    assert server.mails == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody but its maker has signed; with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + secret)
    return path


@pytest.fixture
def closed_server(certificate):
    """A server that wants STARTTLS first and knows no login without it."""
    box = Box()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)

    def login(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"docketwire", b"secret"), handled=False)

    controller = Controller(
        box, hostname="127.0.0.1", port=free_port("127.0.0.1", 8025), authenticator=login,
        tls_context=tls, require_starttls=True,
    )  # fmt: skip
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


def test_mail_goes_over_starttls_to_a_server_that_is_trusted(closed_server, certificate):
    mail = message(TOLD, **TO)
    trust = ssl.create_default_context(cafile=certificate)
    [(reader, trouble)] = send([("pat@reader.example", mail)], account(closed_server, security="starttls"), trust=trust)
    assert (reader, trouble) == ("pat@reader.example", None)
    [(readers, content)] = closed_server.mails
    assert (readers, content.rstrip()) == (["pat@reader.example"], mail.rstrip())


def test_a_certificate_that_nobody_vouches_for_is_handed_nothing(closed_server):
    with pytest.raises(SendError, match=r"(?i)certificate"):
        list(send([("pat@reader.example", b"x")], account(closed_server, security="starttls")))
    assert closed_server.mails == []


def test_a_server_that_is_not_there_is_named(server):
    with pytest.raises(SendError, match=r"127\.0\.0\.1:1: cannot be handed mail"):
        list(send([("pat@reader.example", b"x")], Account("127.0.0.1", "digest@d.example", 1, security="none")))


def test_tls_is_checked(server, monkeypatch):
    asked = []
    monkeypatch.setattr(
        ssl, "create_default_context", lambda: asked.append(1) or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    with pytest.raises(SendError):
        list(send([("pat@reader.example", b"x")], account(server, security="tls")))
    assert asked


# ---------------------------------------------------------------------------------------------- webhooks


def test_any_other_hook_gets_everything_as_json(posted):
    url, took = posted
    post(f"{url}/taken", payload(TOLD, url, site="https://d.example"))
    [(kind, sent)] = took
    body = json.loads(sent)
    assert kind == "application/json"
    assert body["title"] == "Thu 21 Nov 2030: 1 ruling"
    assert body["routine"] == 3
    [line] = body["sections"]["Rulings"]
    assert line == {
        "title": LINE.title,
        "quotes": [{"words": "It is DENIED.", "place": "https://d.example/document/91#p1"}],
        "links": {"Document": "https://d.example/document/91"},
    }


def test_slack_pages_nobody():
    body = payload(TOLD, "https://hooks.slack.com/services/T0/B0/x", site="https://d.example")
    title = "In re Lantern Models: Motion denied (ECF 91) &lt;!channel&gt;"
    assert f"• <https://d.example/document/91|{title}>" in body["text"]
    assert body["text"].endswith("\nhttps://d.example")


def test_discord_gets_what_fits_and_pages_nobody():
    many = Digest("@everyone", "a", "b", {"News": [LINE] * 100}, {"News": 100}, 0, "a")
    body = payload(many, "https://discord.com/api/webhooks/1/x", site="https://d.example")
    assert 1800 < len(body["content"]) <= 2000
    assert body["content"].endswith("\nhttps://d.example")
    assert body["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize(
    "url", ["http://[::1/tell-nobody", "http://127.0.0.1:port/tell-nobody", "http://127.0.0.1/tell nobody", "http://127.0.0.1:1/tell-nobödy",
            "http://tell-nobody..example/", "tell-nobody"],
)  # fmt: skip
def test_an_address_that_is_none_is_said_and_not_shown(url):
    with pytest.raises(SendError, match="webhook") as caught:
        post(url, payload(TOLD, url, site="https://d.example"))
    assert "nobody" not in str(caught.value)


def test_an_answer_that_is_no_http_is_a_hook_that_fails(no_web):
    with pytest.raises(SendError, match="webhook: cannot be reached: BadStatusLine"):
        post(f"{no_web}/taken", {})


@pytest.mark.parametrize("path", ["/gone?token=tell-nobody", None, "file:///etc/passwd"])
def test_a_hook_that_fails_is_said_and_its_address_is_not(posted, path):
    url = "http://127.0.0.1:1/tell-nobody" if path is None else path if path.startswith("file") else posted[0] + path
    with pytest.raises(SendError, match="webhook") as caught:
        post(url, {})
    assert "tell-nobody" not in str(caught.value)
    assert "passwd" not in str(caught.value)
