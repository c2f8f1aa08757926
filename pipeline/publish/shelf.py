"""Files of a publication: written whole, and left as they are where nothing has changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.errors import PublishError


class Shelf:
    """A folder of a new publication. ``before`` is the same folder of the publication it follows.

    A file with the bytes of its namesake there becomes that very file (a hard link): its date of modification stays,
    so a reader who asks “anything since?” hears 304, and the disk holds it once.
    """

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        self.folder = folder
        self._names: dict[str, None] = {}
        self._before = before
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def paths(self) -> list[Path]:
        """All files, in the order they were put."""
        return [self.folder / name for name in self._names]

    def put(self, name: str, body: bytes) -> None:
        """Raises `PublishError` when the name is taken."""
        path = self._take(name)
        if _holds(path, body):
            return
        if self._before and _holds(self._before / name, body):
            self._link(path)
        else:
            part = path.with_name(f".{name}.part")
            part.write_bytes(body)
            part.replace(path)

    def adopt(self, name: str) -> bool:
        """Take the namesake of the publication before, unread. False when there is none."""
        if self._before is None or not (self._before / name).is_file():
            return False
        self._link(self._take(name))
        return True

    def _take(self, name: str) -> Path:
        if name in self._names:
            raise PublishError(self.folder / name, "two feeds have this name", "rename one of the case files")
        self._names[name] = None
        return self.folder / name

    def _link(self, path: Path) -> None:
        assert self._before is not None
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        try:
            os.link(self._before / path.name, part)
        except OSError:  # a file system without hard links
            shutil.copy2(self._before / path.name, part)
        part.replace(path)


def _holds(path: Path, body: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body
