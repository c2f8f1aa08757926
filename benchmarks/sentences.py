"""How well are sentences split? ``python -m benchmarks.sentences [../shared]``: boundary F1, beside nupunkt.

On stretches of real decisions whose sentences a person marked (tests/quality/sentences.toml) when ``../shared`` is
given, and on the committed traps (tests/summarize/test_sentences.py): lists of sentences joined by blanks. The traps
compare splitters and say nothing of an average page. A boundary is the end of each sentence but the last.
"""

from __future__ import annotations

import hashlib
import re
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.refine.layout import running_text
from pipeline.refine.pdf import read_pages
from summarize.sentences import sentences
from summarize.train import records
from tests.summarize.test_sentences import TRAPS

GOLD = Path(__file__).parent.parent / "tests" / "quality" / "sentences.toml"

Split = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paper, and where its sentences end: characters before it, white space apart."""

    paper: str
    part: str  # tuning or held out
    text: str
    ends: frozenset[int]


def ours(text: str) -> list[str]:
    return [item.text for item in sentences(text)]


def nupunkt() -> Split | None:
    try:
        from nupunkt import sent_tokenize
    except ImportError:
        return None
    return lambda text: [part.strip() for part in sent_tokenize(text)]


def capitals(text: str) -> list[str]:
    """What anybody would write first: a full stop before a capital, and blank lines."""
    return re.split(r"(?<=[.?!])\s+(?=[A-Z])|\n\s*\n", text)


def solid(text: str) -> str:
    return "".join(text.split())


def ends(parts: Sequence[str]) -> frozenset[int]:
    """Boundaries as the number of characters before them, white space apart."""
    at, found = 0, set()
    for part in parts:
        at += len(solid(part))
        found.add(at)
    return frozenset(found - {at})


def stretches(shared: Path) -> Iterator[Stretch]:
    """The marked stretches, found by their hash. Raises ValueError where a paper no longer holds its stretch."""
    texts: dict[str, str] = {}
    for row in tomllib.loads(GOLD.read_text(encoding="utf-8"))["stretches"]:
        folder, _, name = row["paper"].partition("/")
        if folder == "court_pdfs":
            body = (shared / "material" / row["paper"]).read_bytes()
            text = running_text(sheet.page for sheet in read_pages(body, place=name))[0]
        else:
            if name not in texts:
                texts |= {record["id"]: record["text"] for record in records(shared / "summaries", folder)}
            text = texts[name]
        yield Stretch(row["paper"], row["part"], _found(text, row), frozenset(row["ends"]))


def _found(text: str, row: dict[str, str | int]) -> str:
    places = [at for at, character in enumerate(text) if not character.isspace()]
    packed, size = solid(text), int(row["size"])
    for at in range(len(packed) - size + 1):
        if hashlib.sha256(packed[at : at + size].encode()).hexdigest() == row["sha256"]:
            return text[places[at] : places[at + size - 1] + 1]
    raise ValueError(f"{row['paper']}: its marked stretch is not in the text any more; mark it anew in {GOLD.name}")


def traps() -> list[Stretch]:
    return [Stretch(name, "traps", " ".join(parts), ends(parts)) for name, parts in TRAPS.items()]


def f1(split: Split, of: Iterable[Stretch]) -> tuple[float, float]:
    """Boundary F1 over all stretches, and the share of them split exactly."""
    hits = said = wanted = exact = count = 0
    for stretch in of:
        found = ends(split(stretch.text))
        hits, said, wanted = hits + len(found & stretch.ends), said + len(found), wanted + len(stretch.ends)
        exact, count = exact + (found == stretch.ends), count + 1
    return 2 * hits / (said + wanted), exact / count


def main(*folders: str) -> None:
    marked = [stretch for folder in folders for stretch in stretches(Path(folder))]
    sets = {part: [one for one in marked if one.part == part] for part in ("tuning", "held out") if marked}
    sets |= {"all decisions": marked} if marked else {}
    sets["traps"] = traps()
    text = " ".join(stretch.text for stretch in sets["traps"]) * 50
    for name, split in {"docketwire": ours, "nupunkt": nupunkt(), "capitals": capitals}.items():
        if split is None:
            print(f"{name}: not installed (pip install nupunkt)")
            continue
        started = time.process_time()
        split(text)
        speed = len(text) / (time.process_time() - started) / 1e6
        print(f"{name}   {speed:.1f} million characters a second")
        for part, of in sets.items():
            score, exact = f1(split, of)
            wanted = sum(len(stretch.ends) for stretch in of)
            print(f"    {part:14} F1 {score:.3f}   {wanted} boundaries   exact {exact:.0%} of {len(of)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
