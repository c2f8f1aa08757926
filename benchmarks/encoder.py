"""How fast are sentences encoded, and documents summarized? ``python -m benchmarks.encoder [--threads 2]``.

Invented sentences as long as those of court papers (23 words in the mean). All systems take turns in one process, in
each round there and back (A B C C B A), and a ratio is the median over the rounds: whatever else the machine does falls
on all alike. ``--wall`` compares by the clock instead of by CPU seconds: right on a quiet machine, wrong on a busy one.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import torch

from benchmarks.guard import invented
from pipeline.model import Document, Kind, PageClass, Provenance
from summarize.encoder import Encoder, weights_folder
from summarize.extractive import Extractive
from summarize.onnx import OnnxEncoder

Encode = Callable[[list[str]], torch.Tensor]


def sentences(number: int, seed: int = 0) -> list[str]:
    """Different sentences whose lengths are spread as in decisions: log-normal about a median of 20 words."""
    rng = random.Random(seed)
    words = " ".join(invented(400, seed)).split()
    found: dict[str, None] = {}
    while len(found) < number:
        length = max(3, min(120, round(rng.lognormvariate(3.0, 0.55))))
        start = rng.randrange(len(words) - length)
        found[" ".join([*words[start : start + length - 1], f"{len(found)}."]).capitalize()] = None
    return list(found)


def one_by_one() -> Encode:
    """What a first attempt does: tokenize and run each sentence alone, in full precision."""
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(weights_folder(), local_files_only=True)
    model = AutoModel.from_pretrained(weights_folder(), local_files_only=True).eval()

    @torch.inference_mode()
    def encode(texts: list[str]) -> torch.Tensor:
        found = []
        for text in texts:
            tokens = tokenizer(text, truncation=True, max_length=256, return_tensors="pt")
            found.append(torch.nn.functional.normalize(model(**tokens).last_hidden_state.mean(1)))
        return torch.cat(found)

    return encode


def peer(**options: object) -> Encode | None:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return None
    model = SentenceTransformer(str(weights_folder()), device="cpu", **options)
    return lambda texts: model.encode(texts, convert_to_tensor=True, show_progress_bar=False).float()


def systems(folder: Path) -> dict[str, Encode]:
    found: dict[str, Encode | None] = {
        "one by one, fp32": one_by_one(),
        "sentence-transformers fp32": peer(),
        "docketwire fp32": Encoder(half=False, remembered=0).encode,
        "docketwire int8 (onnx)": int8(folder),
        "sentence-transformers bf16": peer(model_kwargs={"dtype": torch.bfloat16}),
        "docketwire bf16": Encoder(half=True, remembered=0).encode,
    }
    return {name: system for name, system in found.items() if system}


def int8(folder: Path) -> Encode | None:
    try:
        import onnx  # noqa: F401
        import onnxruntime  # noqa: F401
    except ImportError:
        return None
    return OnnxEncoder(folder, remembered=0).encode


def paired(found: dict[str, Encode], texts: list[str], rounds: int, clock: Callable[[], float]) -> None:
    for system in found.values():
        system(texts[:40])
    exact = found["one by one, fp32"](texts[:200])
    taken: dict[str, list[float]] = {name: [] for name in found}
    for _ in range(rounds):
        spent = dict.fromkeys(found, 0.0)
        for name in [*found, *reversed(found)]:
            started = clock()
            found[name](texts)
            spent[name] += (clock() - started) / 2
        for name, seconds in spent.items():
            taken[name].append(seconds)
    bases = [name for name in found if not name.startswith("docketwire")]
    print(f"\n{'':28}{'s':>7}" + "".join(f"{'× ' + base:>31}" for base in bases) + "   cosine, mean and least")
    for name, system in found.items():
        near = (system(texts[:200]) * exact).sum(1)
        ratios = [statistics.median(a / b for a, b in zip(taken[base], taken[name], strict=True)) for base in bases]
        seconds = statistics.median(taken[name])
        print(
            f"{name:28}{seconds:7.2f}" + "".join(f"{ratio:31.2f}" for ratio in ratios)
            + f"   {float(near.mean()):.4f} {float(near.min()):.4f}"
        )  # fmt: skip


def growth(sizes: Sequence[int], clock: Callable[[], float]) -> None:
    encoder = Encoder(remembered=0)
    encoder.encode(sentences(20))
    print(f"\n{encoder.device}: sentences, seconds, ms a sentence, peak memory in MiB")
    for size in sizes:
        texts = sentences(size, seed=size)
        started = clock()
        encoder.encode(texts)
        taken = clock() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:7} {taken:8.2f} {1000 * taken / size:8.2f} {peak:8.0f}", flush=True)


def paper(words: int, kind: Kind) -> Document:
    """An invented document of so many words, in paragraphs of six sentences."""
    texts, parts, held = sentences(words // 10, seed=words), [], 0
    for text in texts:
        if held >= words:
            break
        parts.append(text)
        held += len(text.split())
    text = "\n\n".join(" ".join(parts[at : at + 6]) for at in range(0, len(parts), 6))
    page = PageClass.FILING if kind is Kind.FILING else PageClass.ARTICLE
    made = Provenance("benchmark", datetime(2031, 1, 1, tzinfo=UTC), "sha256:0", "text 1")
    return Document(
        "paper", kind, page, "An invented paper", text, made, type="opinion" if kind is Kind.FILING else None
    )


def documents(rounds: int, clock: Callable[[], float]) -> None:
    extractive = Extractive(Encoder(remembered=0), words=120)
    extractive.summarize([paper(200, Kind.NEWS)])
    print("\none document, once loaded: median, least and most seconds")
    for name, document in {
        "opinion of 32 pages (11,000 words)": paper(11_000, Kind.FILING),
        "article of 600 words": paper(600, Kind.NEWS),
    }.items():
        taken = []
        for _ in range(rounds):
            started = clock()
            extractive.summarize([document])
            taken.append(clock() - started)
        print(f"{name:36} {statistics.median(taken):.2f} {min(taken):.2f} {max(taken):.2f}")


def cold(rounds: int, folder: Path) -> None:
    """From the start of Python to the first summary, by the clock; the int8 model is made before."""
    first = "import benchmarks.encoder as b; b.Extractive({}words=120).summarize([b.paper(600, b.Kind.NEWS)])"
    starts = {"torch and transformers": first.format("")}
    if int8(folder):
        starts["int8 (onnx)"] = first.format(f"b.OnnxEncoder(b.Path({str(folder)!r})), ")
        subprocess.run([sys.executable, "-c", starts["int8 (onnx)"]], check=True, capture_output=True)
    print("\ncold start to the first summary, by the clock: median and least seconds")
    for name, code in starts.items():
        taken = []
        for _ in range(rounds):
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
            taken.append(time.perf_counter() - started)
        print(f"{name:36} {statistics.median(taken):.1f} {min(taken):.1f}", flush=True)


def main() -> None:
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--wall", action="store_true", help="compare by the clock, not by CPU seconds")
    parser.add_argument("--only", choices=["growth", "documents", "cold", "ratios"])
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    clock = time.perf_counter if arguments.wall else time.process_time
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{arguments.threads} threads, {arguments.rounds} rounds, {'clock' if arguments.wall else 'CPU'} seconds; "
        f"{os.cpu_count()} cores, load {load}"
    )
    with tempfile.TemporaryDirectory() as folder:
        if arguments.only in {None, "growth"}:  # first: the peers' memory would be counted
            growth((10, 100, 1000, 5000), clock)
        if arguments.only in {None, "documents"}:
            documents(arguments.rounds, clock)
        if arguments.only in {None, "cold"}:
            cold(min(3, arguments.rounds), Path(folder))
        if arguments.only in {None, "ratios"}:
            paired(systems(Path(folder)), sentences(arguments.sentences), arguments.rounds, clock)


if __name__ == "__main__":
    main()
