"""One tree of exceptions. Each says in one line what went wrong, where, and what to do."""

from __future__ import annotations


class DocketwireError(Exception):
    """Expected trouble. `str(error)` is the whole message: what, where, remedy.

    ``place`` names the file, URL or key the trouble is tied to.
    """

    def __init__(self, place: object, what: str, remedy: str = "") -> None:
        self.place = str(place)
        self.what = what
        self.remedy = remedy
        super().__init__(f"{self.place}: {what}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[DocketwireError], tuple[str, str, str]]:
        return type(self), (self.place, self.what, self.remedy)


class SettingsError(DocketwireError):
    """A configuration file or an environment variable cannot be used."""


class RegistryError(DocketwireError):
    """A case file in the registry is wrong."""


class SourceError(DocketwireError):
    """A source gave nothing usable: unreachable, blocked, empty, or not what it claims to be."""


class ReadError(DocketwireError):
    """A file cannot be read: missing, empty, binary, truncated, locked."""


class SpoolError(ReadError):
    """A WARC file is damaged or is not a WARC file."""


class StoreError(DocketwireError):
    """The working database cannot be used."""


class PublishError(DocketwireError):
    """The new publication failed its checks; the one before it stays."""


class SendError(DocketwireError):
    """A digest could not be sent; what it would have told is in the next one."""


class ModelError(DocketwireError):
    """A summarizer's model is missing or is not the one that was pinned."""


class BusyError(DocketwireError):
    """Another docketwire works on the same folder."""
