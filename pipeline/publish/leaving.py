"""Readers who have left the mail by one click (RFC 8058): remembered beside the working database, never published.

The address of that click bears a token: a name for the reader and a proof that we gave it out, both keyed digests.
Nobody can make one who has not had our mail, and neither the address nor what we remember says who the reader is.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hmac
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SendError

KEY = 32  # bytes
NAME, PROOF = 12, 18  # bytes of a token


@dataclass(frozen=True, slots=True)
class Leaving:
    """Two files in the working folder: a key, made when the first mail needs one, and the tokens of who has left."""

    folder: Path

    @property
    def _key(self) -> Path:
        return self.folder / "unsubscribe.key"

    @property
    def _left(self) -> Path:
        return self.folder / "unsubscribed"

    def token(self, address: str) -> str:
        """The token of a mail address, however its letters are written. Raises `SendError` when there can be no key."""
        try:
            if not self._key.exists():
                self._make_key()
            key = self._key.read_bytes()
        except OSError as error:
            raise SendError(
                self._key, f"cannot be written: {error.strerror}", "check the folder’s permissions"
            ) from error
        if len(key) != KEY:
            raise SendError(self._key, "is no key", "remove it: who has left is asked to leave once more")
        name = _digest(key, f"name {address.strip().casefold()}".encode())[:NAME]
        return base64.urlsafe_b64encode(name + _digest(key, b"proof " + name)[:PROOF]).decode()

    def _make_key(self) -> None:
        """Whole or not at all, and once, whoever else makes one at the same time."""
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="unsubscribe-") as file:  # only its owner can read it
            file.write(secrets.token_bytes(KEY))
            file.flush()
            with contextlib.suppress(FileExistsError):
                os.link(file.name, self._key)

    def leave(self, token: str) -> bool:
        """Remember that this reader has left; once is as good as often. False for a token we have not given out."""
        try:
            given, key = base64.b64decode(token, altchars=b"-_", validate=True), self._key.read_bytes()
        except (binascii.Error, ValueError, FileNotFoundError):
            return False
        name, proof = given[:NAME], given[NAME:]
        if len(key) != KEY or not hmac.compare_digest(proof, _digest(key, b"proof " + name)[:PROOF]):
            return False
        known = base64.urlsafe_b64encode(given).decode()  # in one spelling
        if known not in self.left():
            with self._left.open("a", encoding="ascii") as file:
                file.write(f"\n{known}\n")  # a person may have left the last line without its end
        return True

    def left(self) -> frozenset[str]:
        """The tokens of who has left. Whoever takes a line out of the file is a reader again."""
        written = self._left.read_text(encoding="utf-8", errors="replace") if self._left.is_file() else ""
        return frozenset(written.split())


def _digest(key: bytes, words: bytes) -> bytes:
    return hmac.digest(key, words, "sha256")
