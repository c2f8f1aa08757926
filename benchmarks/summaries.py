"""How good are the summaries? ``python -m benchmarks.summaries ../shared/summaries [--leave-out] [--json FILE]``.

On the dev parts of the sets that `summarize.train` describes: ROUGE F1 at 100 words against lead, centroid + MMR over
the same vectors and, where sumy is installed, its LexRank and TextRank over the same sentences; the difference to each
with its 95 % interval from a paired bootstrap; how often the outcome that experts marked in a ruling is in the summary;
and the two things that must always hold: every point in its source, no quotation mark unbalanced.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch

from pipeline.model import Document
from summarize.candidates import candidates
from summarize.encoder import Encoder
from summarize.extractive import Extractive
from summarize.ground import balanced
from summarize.rouge import rouge
from summarize.sentences import sentences
from summarize.train import LEGAL, NEWS, document, examples, fit, in_dev, records

WORDS = 100
Texts = Callable[[Document], str]


def cut(texts: Sequence[str], order: Sequence[int], *, sort: bool = True) -> str:
    """The best sentences in document order, the last one cut at the budget."""
    chosen, left = [], WORDS
    for index in order:
        if left <= 0:
            break
        chosen.append(index)
        left -= len(texts[index].split())
    return " ".join(" ".join(texts[index] for index in (sorted(chosen) if sort else chosen)).split()[:WORDS])


def plain(paper: Document) -> list[str]:
    return [item.text for item in sentences(paper.text) if item.kind == "sentence"] or [paper.text]


def lead(paper: Document) -> str:
    texts = plain(paper)
    return cut(texts, range(len(texts)))


def centroid(encoder: Encoder) -> Texts:
    def summary(paper: Document) -> str:
        texts = [item.text for item in candidates(paper)] or plain(paper)
        vectors = encoder.encode(texts)
        central = vectors @ vectors.mean(0)
        order: list[int] = []
        again = torch.zeros(len(texts))
        for _ in range(min(12, len(texts))):
            score = 0.7 * central - 0.3 * again
            score[order] = -9
            order.append(int(score.argmax()))
            again = torch.maximum(again, vectors @ vectors[order[-1]])
        return cut(texts, order)

    return summary


def sumy(name: str) -> Texts | None:
    """LexRank or TextRank of sumy, on our sentences; None when sumy is not installed."""
    try:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.summarizers.text_rank import TextRankSummarizer
    except ImportError:
        return None
    ranker = {"sumy LexRank": LexRankSummarizer, "sumy TextRank": TextRankSummarizer}[name]()

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(re.findall(r"[^\W\d_]+", text.lower()))

    def summary(paper: Document) -> str:
        texts = plain(paper)[:600]  # its matrices are quadratic
        model = ObjectDocumentModel([Paragraph([Sentence(text, Words()) for text in texts])])
        rated = ranker.rate_sentences(model) if hasattr(ranker, "rate_sentences") else None
        if rated is None:
            best = [str(sentence) for sentence in ranker(model, 12)]
            return cut(best, range(len(best)))
        order = sorted(range(len(texts)), key=lambda index: -rated[model.sentences[index]])
        return cut(texts, order)

    return summary


def interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Mean difference and its 95 % interval, paired bootstrap with 2,000 resamples."""
    difference = torch.tensor(ours) - torch.tensor(theirs)
    generator = torch.Generator().manual_seed(0)
    picks = torch.randint(len(difference), (2000, len(difference)), generator=generator)
    means = difference[picks].mean(1).sort().values
    return float(difference.mean()), float(means[50]), float(means[1949])


def outcome_said(record: dict[str, object], text: str) -> bool:
    def words(part: object) -> str:
        return " ".join(re.findall(r"\w+", str(part).lower()))

    outcomes = record["outcome"]
    assert isinstance(outcomes, list)
    return any(words(outcome)[:80] in words(text) for outcome in outcomes)


def dev(folder: Path, name: str) -> Iterator[tuple[dict[str, str], Document]]:
    for record in records(folder, name):
        if in_dev(record["id"]):
            yield record, document(record, name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="*", default=[*LEGAL, *NEWS])
    parser.add_argument("--leave-out", action="store_true", help="train once more for each set, without it")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    encoder = Encoder(remembered=200_000)
    ours = Extractive(encoder, words=WORDS)
    broken = 0

    def extractive(paper: Document) -> str:
        nonlocal broken
        [summary] = ours.summarize([paper])
        broken += sum(paper.text[p.start : p.end] != p.text or not balanced(p.text) for p in summary.points)
        return " ".join(point.text for point in summary.points)

    systems: dict[str, Texts | None] = {
        "extractive": extractive,
        "lead": lead,
        "centroid + MMR": centroid(encoder),
        "sumy LexRank": sumy("sumy LexRank"),
        "sumy TextRank": sumy("sumy TextRank"),
    }
    scores: dict[str, dict[str, list[tuple[float, float, float]]]] = {}
    for name in arguments.sets:
        for label, system in systems.items():
            if system is None:
                continue
            started = time.perf_counter()
            scores.setdefault(label, {})[name] = [
                rouge(system(paper), record.get("summary_short") or record["summary"])
                for record, paper in dev(arguments.folder, name)
            ]
            mean = [100 * sum(row[k] for row in scores[label][name]) / len(scores[label][name]) for k in range(3)]
            taken = time.perf_counter() - started
            print(f"{name:9} {label:15} {mean[0]:5.1f} {mean[1]:5.1f} {mean[2]:5.1f}   {taken:6.1f} s", flush=True)
    report = {
        "rouge": {
            label: {n: [sum(r[k] for r in rows) / len(rows) for k in range(3)] for n, rows in sets.items()}
            for label, sets in scores.items()
        }
    }
    print("\nextractive less each, R1 and R2, with the 95 % interval")
    for pool, names in {**{n: (n,) for n in arguments.sets}, "legal": LEGAL, "news": NEWS}.items():
        if not set(names) <= set(arguments.sets):
            continue
        for label in scores:
            if label == "extractive":
                continue
            parts = []
            for k in (0, 1):
                pair = [[row[k] for n in names for row in scores[which][n]] for which in ("extractive", label)]
                parts.append("{:+5.1f} [{:+5.1f}, {:+5.1f}]".format(*(100 * x for x in interval(*pair))))
            print(f"{pool:9} {label:15} R1 {parts[0]}   R2 {parts[1]}")
    for words in (60, 100, 150):
        short = Extractive(encoder, words=words)
        said = []
        for record, paper in dev(arguments.folder, "bva"):
            if record["outcome"]:
                [summary] = short.summarize([paper])
                said.append(outcome_said(record, " ".join(point.text for point in summary.points)))
        print(f"outcome said, {words} words: {sum(said)} of {len(said)}")
        report[f"outcome_{words}"] = sum(said) / len(said)
    print(f"points outside their source or with unbalanced quotation marks: {broken}")
    if arguments.leave_out:
        leave_out(arguments.folder, encoder, arguments.sets, report)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def leave_out(folder: Path, encoder: Encoder, sets: Sequence[str], report: dict[str, object]) -> None:
    """Does what was learned on other sets serve a set never seen?"""
    from summarize.extractive import choose, slots
    from summarize.head import Head
    from summarize.train import _TEACHERS

    taught = list(examples(folder, _TEACHERS, encoder))
    print("\nleave one set out")
    for name in sets:
        head = Head([fit([item for item in taught if item.set != name], 1)])
        system = Extractive(encoder, words=WORDS)
        system.__dict__["_head"] = head
        rows = [
            rouge(
                " ".join(item.text for item in choose(system.rank(paper), slots(paper), WORDS)),
                record.get("summary_short") or record["summary"],
            )
            for record, paper in dev(folder, name)
        ]
        mean = [sum(row[k] for row in rows) / len(rows) for k in range(3)]
        print(f"{name:9} {100 * mean[0]:5.1f} {100 * mean[1]:5.1f} {100 * mean[2]:5.1f}", flush=True)
        report[f"left_out_{name}"] = mean


if __name__ == "__main__":
    main()
