"""Does the guard stop what is false? ``python -m benchmarks.guard [../shared]``.

Sentences are falsified in every way a language model was seen to falsify them; the guard must reject the falsified and
accept the verbatim. Over invented sentences; with the shared material, over sentences of its court papers too.
"""

from __future__ import annotations

import argparse
import random
import re
import string
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from summarize.ground import Witnesses

_PARTS = {
    "judge": ["Magistrate Judge Sample", "Judge Orrin", "Judge Vale", "the special master", "the Court"],
    "party": ["the Tern Guild", "Brook Data", "Harrow Press", "the class plaintiffs", "Lena Ortiz"],
    "other": ["Copperlark", "the defendant", "Askwell", "the publishers", "Quinn Marlow"],
    "thing": ["the shelf corpus", "its training logs", "the licensing agreements", "the forty-one works"],
    "date": ["July 9, 2031", "March 14, 2032", "November 30, 2031", "May 2, 2030"],
    "money": ["$38,500", "$1.2 million", "$4,150,000", "$75 a work"],
    "number": ["12", "31", "409", "2,600"],
    "ecf": ["(ECF 61 at 2)", "(Dkt. Nos. 12, 14)", "(Compl. ¶ 31)", "(Tr. 8:3-9)"],
}
_SENTENCES = (
    "{judge} denied the motion of {party} to compel {thing} because {other} was not consulted before {date} {ecf}.",
    "{judge} granted in part the motion of {party} and dismissed {number} of the claims against {other}.",
    "{party} must produce {thing} (not including what {other} has withheld) by {date}.",
    "{party} may file an amended complaint against {other} no later than {date}, and shall not add parties.",
    "{other} did not answer that {party} had paid {money} for {thing} in the year before {date}.",
    "Because {party} cannot show harm, {judge} is not persuaded that {other} should be enjoined {ecf}.",
    "{judge} vacated the hearing of {date}, and {other} will pay {money} to {party} within {number} days.",
    "{party} was ordered to name the {number} lawyers (none of whom spoke for {other}) who approved it by {date}.",
    "{judge} affirmed the ruling in favor of {party} and remanded the rest; {other} might appeal before {date}.",
    "The agreement gave {party} half of {money} (but never {thing}) until {other} ended it on {date}.",
)


def invented(number: int, seed: int = 0) -> list[str]:
    """So many different sentences, of nobody."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < number:
        frame = rng.choice(_SENTENCES)
        found[frame.format(**{name: rng.choice(words) for name, words in _PARTS.items()})] = None
    return [text[0].upper() + text[1:] for text in found]


# ------------------------------------------------------------------------------------------ ways to be false


def _swapped(pairs: Iterable[tuple[str, str]]) -> Callable[[str, random.Random], str | None]:
    """Puts one word for another, in the case of the word that stood there."""
    table = dict([*pairs])
    find = re.compile(rf"\b(?:{'|'.join(map(re.escape, table))})\b", re.IGNORECASE)

    def swap(sentence: str, rng: random.Random) -> str | None:
        found = list(find.finditer(sentence))
        if not found:
            return None
        one = rng.choice(found)
        put = table[one[0].lower()]
        put = put.upper() if one[0].isupper() else put.capitalize() if one[0][0].isupper() else put
        return sentence[: one.start()] + put + sentence[one.end() :]

    return swap


def _both(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for a, b in pairs for pair in ((a, b), (b, a))]


def _digit(sentence: str, rng: random.Random) -> str | None:
    found = [match.start() for match in re.finditer(r"\d", sentence)]
    if not found:
        return None
    at = rng.choice(found)
    return sentence[:at] + rng.choice([d for d in string.digits if d != sentence[at]]) + sentence[at + 1 :]


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _date(sentence: str, rng: random.Random) -> str | None:
    found = list(re.finditer(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}})\b", sentence))
    if not found:
        return None
    one = rng.choice(found)
    month, day = one[1], int(one[2])
    if rng.random() < 0.5:
        month = rng.choice([other for other in _MONTHS if other != month])
    else:
        day = rng.choice([other for other in range(1, 29) if other != day])
    return sentence[: one.start()] + f"{month} {day}" + sentence[one.end() :]


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")


def _name(sentence: str, rng: random.Random) -> str | None:
    found = [match for match in _NAME.finditer(sentence) if match[0].split()[0] not in _MONTHS]
    if not found:
        return None
    one = rng.choice(found)
    return sentence[: one.start()] + rng.choice(["Pellworm", "Ada Brandt", "Northmere"]) + sentence[one.end() :]


def _role(sentence: str, rng: random.Random) -> str | None:
    """Two who act change places; or plaintiff and defendant do."""
    named = list(dict.fromkeys(word for word in (*_PARTS["party"], *_PARTS["other"]) if word in sentence))
    if len(named) == 2:
        one, two = named
        return sentence.replace(one, "\0").replace(two, one).replace("\0", two)
    return _SIDES(sentence, rng)


_SIDES = _swapped(
    _both(
        [("plaintiff", "defendant"), ("plaintiffs", "defendants"), ("petitioner", "respondent"),
         ("appellant", "appellee"), ("buyer", "seller"), ("employer", "employee")]
    )
)  # fmt: skip
_NOT = re.compile(r"\s(?:not|never|no|none of|without|cannot)\b")
_VERB = re.compile(r"\b(?:is|are|was|were|has|had|have|will|shall|must|may|did|does|would|could|should|can)\b")


def _added(sentence: str, rng: random.Random) -> str | None:
    found = list(_VERB.finditer(sentence))
    if not found:
        return None
    at = rng.choice(found).end()
    return f"{sentence[:at]} {rng.choice(['not', 'never'])}{sentence[at:]}"


def _dropped(sentence: str, rng: random.Random) -> str | None:
    found = list(_NOT.finditer(sentence))
    if not found:
        return None
    one = rng.choice(found)
    return sentence[: one.start()] + (" can" if one[0].endswith("cannot") else "") + sentence[one.end() :]


def _dropped_inside(sentence: str, _: random.Random) -> str | None:
    aside = re.search(r"\s\([^()]*\b(?:not|never|no|none|without|only)\b[^()]*\)", sentence)
    return sentence[: aside.start()] + sentence[aside.end() :] if aside else None


def _quantity(sentence: str, _: random.Random) -> str | None:
    cut = re.sub(
        r"\b(?:half of|part of|some of|most of|in part|up to|at least|about|only|nearly|more than|"
        r"\d[\d,]* of)\s?",
        "",
        sentence,
        count=1,
    )
    return cut if cut != sentence else None


WAYS: dict[str, Callable[[str, random.Random], str | None]] = {
    "digit": _digit,
    "date": _date,
    "name swapped": _name,
    "role swapped": _role,
    "negation added": _added,
    "negation dropped": _dropped,
    "negation dropped with its parentheses": _dropped_inside,
    "disposition swapped": _swapped(
        _both(
            [("granted", "denied"), ("affirmed", "reversed"), ("grants", "denies"), ("dismissed", "sustained"),
             ("vacated", "upheld"), ("remanded", "retained"), ("overruled", "adopted"), ("grant", "deny")]
        )
    ),
    "modality": _swapped(
        [("may", "will"), ("might", "will"), ("could", "did"), ("should", "did"), ("must", "may"), ("shall", "may"),
         ("would", "will"), ("can", "must"), ("will", "may"), ("cannot", "may not")]
    ),
    "tense": _swapped(
        _both(
            [("was", "is"), ("were", "are"), ("had", "has"), ("did", "does"), ("gave", "gives"), ("denied", "denies"),
             ("granted", "grants"), ("ordered", "orders"), ("held", "holds"), ("filed", "files")]
        )
    ),
    "quantity dropped": _quantity,
}  # fmt: skip


# ------------------------------------------------------------------------------------------ measuring


def falsified(sentences: list[str], way: str, seed: int = 1) -> Iterator[str]:
    """Each sentence made false this way, where it can be; never into another that is there."""
    rng, there = random.Random(seed), set(sentences)
    for sentence in sentences:
        false = WAYS[way](sentence, rng)
        if false and false not in there and " ".join(false.split()) != sentence:
            yield false


def figures(sentences: list[str]) -> dict[str, tuple[int, int]]:
    """(rejected, tried) for each way; (accepted, tried) for "verbatim"."""
    witnesses = Witnesses(sentences)
    found = {"verbatim": (sum(witnesses.find(sentence) is not None for sentence in sentences), len(sentences))}
    for way in WAYS:
        tried = list(falsified(sentences, way))
        found[way] = (sum(witnesses.find(false) is None for false in tried), len(tried))
    return found


def real(shared: Path, papers: int = 60) -> list[str]:
    """Sentences that a summary could publish, of court papers in the shared material."""
    from pipeline.cli.reading import read_all
    from pipeline.model import Document
    from summarize.candidates import candidates

    read = read_all(sorted((shared / "material" / "court_pdfs").glob("*.pdf"))[:papers], kind=None)
    texts = (item.text for _, found in read if isinstance(found, Document) for item in candidates(found))
    return list(dict.fromkeys(" ".join(text.split()) for text in texts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?")
    shared = parser.parse_args().shared
    for name, sentences in {"invented": invented(1500), **({"real": real(shared)} if shared else {})}.items():
        print(f"{name}: {len(sentences)} sentences")
        for way, (right, tried) in figures(sentences).items():
            print(f"  {way:38} {right:5} of {tried:5}  {right / max(1, tried):.3f}")


if __name__ == "__main__":
    main()
