"""How well are sentences split? ``python -m benchmarks.sentences``: boundary F1 on the committed traps, beside nupunkt.

Each trap (tests/summarize/test_sentences.py) is a list of sentences joined by blanks; a boundary is the end of each but
the last. They are traps, not a sample of decisions: the figure compares splitters and says nothing of an average page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from summarize.sentences import sentences
from tests.summarize.test_sentences import TRAPS

Split = Callable[[str], Sequence[str]]


def ours(text: str) -> list[str]:
    return [item.text for item in sentences(text)]


def nupunkt() -> Split | None:
    try:
        from nupunkt import sent_tokenize
    except ImportError:
        return None
    return lambda text: [part.strip() for part in sent_tokenize(text)]


def ends(parts: Sequence[str]) -> set[int]:
    """Boundaries as the number of characters before them, blanks apart."""
    at, found = 0, set()
    for part in parts:
        at += len("".join(part.split()))
        found.add(at)
    return found - {at}


def f1(split: Split) -> tuple[float, float]:
    """Boundary F1 over all traps, and the share of traps split exactly."""
    hits = said = wanted = exact = 0
    for parts in TRAPS.values():
        found, true = ends(split(" ".join(parts))), ends(parts)
        hits, said, wanted = hits + len(found & true), said + len(found), wanted + len(true)
        exact += found == true
    return 2 * hits / (said + wanted), exact / len(TRAPS)


def main() -> None:
    text = " ".join(part for parts in TRAPS.values() for part in parts) * 50
    for name, split in {"docketwire": ours, "nupunkt": nupunkt()}.items():
        if split is None:
            print(f"{name}: not installed (pip install nupunkt)")
            continue
        started = time.process_time()
        split(text)
        speed = len(text) / (time.process_time() - started) / 1e6
        print(
            "{:11} F1 {:.3f}   exact {:.1%} of {} traps   {:.1f} million characters a second".format(
                name, *f1(split), len(TRAPS), speed
            )
        )


if __name__ == "__main__":
    main()
