"""One frozen `Settings`, read once by the command line from ``docketwire.toml`` and the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from pipeline.errors import SettingsError

# Registry, sources and the demo web come with the code.
CODE = Path(__file__).resolve().parent.parent
CASES = CODE / "data" / "cases"
DEMO = CODE / "data" / "demo"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where we work and how we present ourselves. Every field but ``data`` may stand in ``docketwire.toml``."""

    data: Path = field(default=Path("data"))
    contact: str = "https://docketwire.example/about"  # goes into the user agent: who crawls, and whom to tell
    site: str = "http://127.0.0.1:8001"  # base URL of the published site, for links in feeds
    authority: str = "docketwire.example"  # of tag: ids (RFC 4151); never change it once feeds are public
    summarizer: str = "extractive"
    words: int = 150  # length of a summary
    encoder: str = "torch"  # or "onnx": int8 by ONNX Runtime, for processors without bf16 (the extra docketwire[onnx])
    courtlistener_token: str = field(default="", repr=False)  # optional; without it dockets are followed by their feeds
    reservations: str = "obey"  # what X-Robots-Tag and the TDM Reservation Protocol say; or "record"

    hub: str = ""  # WebSub hub that is told of changed feeds; optional

    # The digest by mail and to a webhook (nightly, docketwire digest --send); all optional.
    digest: str = "daily"  # what nightly sends to those named here: daily, weekly or off
    mail_host: str = ""
    mail_port: int = 587
    mail_security: str = "starttls"  # or "tls", "none"
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)  # environment only
    mail_from: str = ""
    mail_to: str = ""  # addresses, parted by commas
    unsubscribe: str = ""  # https address of one-click unsubscription in place of our own; {address} is the reader
    webhook: str = field(default="", repr=False)  # environment only: its address is its secret

    @property
    def spool(self) -> Path:
        return self.data / "spool"

    @property
    def database(self) -> Path:
        return self.data / "docketwire.db"

    @property
    def public(self) -> Path:
        return self.data / "public"

    @property
    def onnx(self) -> Path:
        return self.data / "onnx"

    @property
    def lock(self) -> Path:
        return self.data / ".lock"


def load_settings(data: Path | None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings for the working folder: ``--data``, else ``DOCKETWIRE_DATA``, else ``./data``.

    ``docketwire.toml`` in that folder is read when it is there; ``DOCKETWIRE_CONTACT`` and the like win over it.
    Raises `SettingsError` for an unknown key, a wrong type or a file that is not TOML.
    """
    folder = data or Path(environ.get("DOCKETWIRE_DATA") or "data")
    settings = Settings(data=folder)
    names = {f.name: type(getattr(settings, f.name)) for f in fields(Settings) if f.name != "data"}
    path = folder / "docketwire.toml"
    values: dict[str, object] = {}
    if path.exists():
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(path, f"cannot be read: {error}", "correct the file or remove it") from error
    for name, value in values.items():
        if name not in names:
            raise SettingsError(path, f"unknown key “{name}”", f"known keys are {', '.join(names)}")
        if name in {"mail_password", "webhook"}:
            raise SettingsError(path, f"“{name}” is a secret", f"set DOCKETWIRE_{name.upper()} and remove it here")
        if type(value) is not names[name]:
            shown = "what stands there" if name == "courtlistener_token" else repr(value)
            raise SettingsError(path, f"“{name}” must be {names[name].__name__}, not {shown}")
    for name, kind in names.items():
        variable = f"DOCKETWIRE_{name.upper()}"
        if environ.get(variable):
            try:
                values[name] = kind(environ[variable])
            except ValueError as error:
                raise SettingsError(variable, f"must be {kind.__name__}, not {environ[variable]!r}") from error
    if "words" in values and not 20 <= int(str(values["words"])) <= 1000:
        raise SettingsError(path, f"“words” is {values['words']}", "choose 20 to 1000")
    if values.get("encoder", "torch") not in {"torch", "onnx"}:
        raise SettingsError(path, f"“encoder” is {values['encoder']!r}", "choose torch or onnx")
    if values.get("reservations", "obey") not in {"obey", "record"}:
        raise SettingsError(path, f"“reservations” is {values['reservations']!r}", "choose obey or record")
    if values.get("mail_security", "none") not in {"starttls", "tls", "none"}:
        raise SettingsError(path, f"“mail_security” is {values['mail_security']!r}", "choose starttls, tls or none")
    if values.get("digest", "daily") not in {"daily", "weekly", "off"}:
        raise SettingsError(path, f"“digest” is {values['digest']!r}", "choose daily, weekly or off")
    if values.get("hub") and not str(values["hub"]).startswith(("https://", "http://")):
        raise SettingsError(path, "“hub” is no web address", "name a WebSub hub, or leave it out")
    if values.get("unsubscribe") and not str(values["unsubscribe"]).startswith("https://"):
        raise SettingsError(path, "“unsubscribe” is no https address", "RFC 8058 asks for one; or leave it out")
    return replace(settings, **values)  # type: ignore[arg-type]
