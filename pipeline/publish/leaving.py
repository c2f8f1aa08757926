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
from dataclasses import dataclass
from pathlib import Path

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
        """The token of a mail address, however its letters are written."""
        with contextlib.suppress(FileExistsError):
            made = os.open(self._key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "wb") as file:
                file.write(secrets.token_bytes(32))
        key = self._key.read_bytes()
        name = _digest(key, f"name {address.strip().casefold()}".encode())[:NAME]
        return base64.urlsafe_b64encode(name + _digest(key, b"proof " + name)[:PROOF]).decode()

    def leave(self, token: str) -> bool:
        """Remember that this reader has left; once is as good as often. False for a token we have not given out."""
        try:
            given, key = base64.b64decode(token, altchars=b"-_", validate=True), self._key.read_bytes()
        except (binascii.Error, ValueError, FileNotFoundError):
            return False
        name, proof = given[:NAME], given[NAME:]
        if not hmac.compare_digest(proof, _digest(key, b"proof " + name)[:PROOF]):
            return False
        known = base64.urlsafe_b64encode(given).decode()  # in one spelling
        if known not in self.left():
            with self._left.open("a", encoding="ascii") as file:
                file.write(f"{known}\n")
        return True

    def left(self) -> frozenset[str]:
        """The tokens of who has left. Whoever takes a line out of the file is a reader again."""
        return frozenset(self._left.read_text(encoding="ascii").split()) if self._left.is_file() else frozenset()


def _digest(key: bytes, words: bytes) -> bytes:
    return hmac.digest(key, words, "sha256")
