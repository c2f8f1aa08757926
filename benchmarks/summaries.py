"""How good are the summaries? ``python -m benchmarks.summaries ../shared [--leave-out] [--json FILE]``.

On the dev parts of the sets that `summarize.train` describes: ROUGE F1 at 100 words against lead, centroid + MMR over
the same vectors and, where sumy is installed, its LexRank and TextRank over the same sentences; the difference to each
with its 95 % interval from a paired bootstrap; how often the outcome that experts marked in a ruling is in the summary,
and in orders of courts a disposition that the reader found; and the two things that must always hold: every point in
its source, no quotation mark unbalanced.

The peers are cut at the hundredth word, within a sentence if need be; what is published is whole sentences. So ours is
measured three times: ``extractive`` is the summary of 100 words, ``long, cut`` the first 100 words of the usual one of
150, and ``ranking, cut`` the head's ranking alone, without places and limits, cut as the peers are.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import torch

from pipeline.errors import DocketwireError
from pipeline.model import Document, Point, Summary
from summarize.candidates import candidates, rules
from summarize.encoder import Encoder
from summarize.extractive import Extractive, choose, slots
from summarize.ground import balanced
from summarize.head import Head
from summarize.onnx import OnnxEncoder
from summarize.rouge import rouge
from summarize.sentences import sentences
from summarize.train import LEGAL, NEWS, TEACHERS, document, examples, fit, in_dev, records

WORDS = 100
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Texts = Callable[[Document], str]
OURS = ("extractive", "long, cut", "ranking, cut")
Scores = dict[str, dict[str, list[tuple[float, float, float]]]]  # system → set → (R1, R2, RL) of each document


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


def said(points: Iterable[Point]) -> str:
    return " ".join(point.text for point in points)


def broken(summary: Summary, paper: Document) -> int:
    return sum(paper.text[p.start : p.end] != p.text or not balanced(p.text) for p in summary.points)


def reference(record: dict[str, str]) -> str:
    return record.get("summary_short") or record["summary"]


def measure(folder: Path, sets: Sequence[str], systems: dict[str, Texts | None]) -> Scores:
    scores: Scores = {}
    for name in sets:
        papers = list(dev(folder, name))
        for label, system in systems.items():
            if system is None:
                continue
            started = time.perf_counter()
            rows = [rouge(system(paper), reference(record)) for record, paper in papers]
            scores.setdefault(label, {})[name] = rows
            taken = time.perf_counter() - started
            print("{:9} {:15} {:5.1f} {:5.1f} {:5.1f}   {:6.1f} s".format(name, label, *mean(rows), taken), flush=True)
    return scores


def mean(rows: Sequence[tuple[float, float, float]]) -> list[float]:
    return [100 * sum(row[k] for row in rows) / len(rows) for k in range(3)]


def differences(scores: Scores, sets: Sequence[str], ours: str) -> Iterator[str]:
    """Ours less each of the peers, a set and pooled over the legal sets and the news sets."""
    for pool, names in {**{n: (n,) for n in sets}, "legal": LEGAL, "news": NEWS}.items():
        for label in scores if set(names) <= set(sets) else ():
            if label not in OURS:
                parts = []
                for k in (0, 1):
                    pair = [[row[k] for n in names for row in scores[which][n]] for which in (ours, label)]
                    parts.append("{:+5.1f} [{:+5.1f}, {:+5.1f}]".format(*(100 * x for x in interval(*pair))))
                yield f"{pool:9} {label:15} R1 {parts[0]}   R2 {parts[1]}"


def outcomes(folder: Path, ours: Extractive) -> tuple[int, int, int]:
    """Board rulings of the dev part: how many say their outcome in the short summary, in the long one, and how many."""
    short = long = count = 0
    for record, paper in dev(folder, "bva"):
        if record["outcome"]:
            [summary] = ours.summarize([paper])
            short += outcome_said(record, said(summary.short))
            long += outcome_said(record, said(summary.points))
            count += 1
    return short, long, count


def disposed(folder: Path, ours: Extractive) -> tuple[int, int, int]:
    """Orders in which the reader found a disposition: how many have one in the short, the long summary; how many."""
    from pipeline.handed_in import fetched_from
    from pipeline.refine import read

    short = long = count = 0
    for path in sorted(folder.glob("*.pdf")):
        try:
            paper = read(fetched_from(path, source="local", url=None, court=None, kind=None, now=NOW))
        except DocketwireError:
            continue
        if rules(paper) and paper.dispositions:
            [summary] = ours.summarize([paper])
            short += any(touches(p, paper) for p in summary.short)
            long += any(touches(p, paper) for p in summary.points)
            count += 1
    return short, long, count


def touches(point: Point, paper: Document) -> bool:
    return any(point.start < one.passage.end and one.passage.start < point.end for one in paper.dispositions)


def leave_out(folder: Path, encoder: Encoder, sets: Sequence[str], kept: Path | None) -> Iterator[str]:
    """Does what was learned on other sets serve a set never seen? One network, beside lead."""
    taught = list(examples(folder, TEACHERS, encoder, kept=kept))
    for name in sets:
        system = Extractive(encoder, words=WORDS)
        system.__dict__["_head"] = Head([fit([item for item in taught if item.set != name], 1)])
        papers = list(dev(folder, name))
        ours = [
            rouge(" ".join(c.text for c in choose(system.rank(paper), slots(paper), WORDS)), reference(record))
            for record, paper in papers
        ]
        theirs = [rouge(lead(paper), reference(record)) for record, paper in papers]
        yield "{:9} {:5.1f} {:5.1f} {:5.1f}   lead {:5.1f} {:5.1f} {:5.1f}".format(name, *mean(ours), *mean(theirs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="folder with summaries/ and material/court_pdfs/")
    parser.add_argument("--sets", nargs="*", default=[*LEGAL, *NEWS])
    parser.add_argument("--leave-out", action="store_true", help="train once more for each set, without it")
    parser.add_argument("--orders", action="store_true", help="read the orders too: minutes, some are scans")
    parser.add_argument("--keep", type=Path, help="scratch file for sentence vectors, as for summarize.train")
    parser.add_argument("--int8", type=Path, help="beside it the int8 encoder, whose model is made in this folder")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    folder, encoder = arguments.shared / "summaries", Encoder(remembered=200_000)
    ours, whole = Extractive(encoder, words=WORDS), Extractive(encoder, words=150)
    wrong = 0

    def extractive(paper: Document) -> str:
        nonlocal wrong
        [summary] = ours.summarize([paper])
        wrong += broken(summary, paper)
        return said(summary.points)

    def long(paper: Document) -> str:
        [summary] = whole.summarize([paper])
        return " ".join(said(summary.points).split()[:WORDS])

    def ranking(paper: Document) -> str:
        ranked = whole.rank(paper)
        order = sorted(range(len(ranked)), key=lambda index: -ranked[index].score)
        return cut([item.candidate.text for item in ranked], order)

    systems = {
        "extractive": extractive,
        "long, cut": long,
        "ranking, cut": ranking,
        "lead": lead,
        "centroid + MMR": centroid(encoder),
        "sumy LexRank": sumy("sumy LexRank"),
        "sumy TextRank": sumy("sumy TextRank"),
    }
    if arguments.int8:
        small = Extractive(OnnxEncoder(arguments.int8, remembered=200_000), words=WORDS)
        systems["extractive int8"] = lambda paper: said(small.summarize([paper])[0].points)
    scores = measure(folder, arguments.sets, systems)
    for label in OURS:
        print(f"\n{label} less each, R1 and R2, with the 95 % interval")
        print("\n".join(differences(scores, arguments.sets, label)))
    line = "in the short summary {}, in the long one {} of {}"
    print("\noutcome of a Board ruling:", line.format(*outcomes(folder, whole)))
    if arguments.orders:
        papers = arguments.shared / "material" / "court_pdfs"
        print("a disposition of an order:", line.format(*disposed(papers, whole)))
    print(f"points outside their source or with unbalanced quotation marks: {wrong}")
    if arguments.leave_out:
        print("\nleave one set out, R1 R2 RL")
        for line in leave_out(folder, encoder, arguments.sets, arguments.keep):
            print(line, flush=True)
    if arguments.json:
        means = {label: {name: mean(rows) for name, rows in sets.items()} for label, sets in scores.items()}
        arguments.json.write_text(json.dumps(means, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
