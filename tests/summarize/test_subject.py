"""The model that says whether news is ours: always a probability, always the same, never from torn weights."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
from safetensors.torch import save_file

from pipeline.errors import ModelError
from summarize import train_subject
from summarize.encoder import pretrained, weights_folder
from summarize.subject import SHA256, TOKENS, WEIGHTS, Subject, adapted


@pytest.fixture(scope="module")
def subject():
    return Subject()


@pytest.mark.parametrize(
    ("title", "lead"),
    [("", ""), ("\ud800", "\x00"), ("诉" * 900, ""), ("word " * 900, "word " * 900), ("🎷" * 400, "🎷" * 4000)],
    ids=["nothing", "no text", "a headline of ideographs", "long", "signs"],
)
def test_anything_gets_a_probability(subject, title, lead):
    assert 0 <= subject(title, lead) <= 1


def test_it_tells_a_suit_over_works_from_one_over_patents(subject):
    assert (
        subject("Cellists sue maker of bow-stroke generator", "Their complaint says it learned from recordings.") > 0.5
    )
    assert subject("Cellists’ bow maker sues rival over AI patents", "The jury will hear of three inventions.") < 0.5


def test_what_was_asked_before_changes_nothing(subject):
    asked = ("Weavers threaten suit", "A design engine was fed their patterns, counsel wrote.")
    first = subject(*asked)
    subject("Another matter", "entirely")
    assert subject(*asked) == first


def test_no_more_than_a_lead_is_read(subject):
    assert subject("Suit", "The poets sued. " * 80) == subject("Suit", "The poets sued. " * 80 + "An afterthought.")


@pytest.mark.parametrize(
    "broken",
    [lambda whole: b"", lambda whole: whole[: len(whole) // 2], lambda whole: whole[:-4096] + b"\xff" * 4096,
     lambda whole: whole[:9000] + bytes(len(whole) - 9000)],
    ids=["empty", "half", "its tail lost", "zeroed"],
)  # fmt: skip
def test_other_weights_than_the_pinned_are_refused_before_anything_is_asked(tmp_path, broken):
    """Safetensors has no checksum: zeroed weights would make every article as likely as not."""
    path = tmp_path / "subject.safetensors"
    path.write_bytes(broken(WEIGHTS.read_bytes()))
    with pytest.raises(ModelError, match="train_subject"):
        Subject(path)


def test_missing_weights_are_one_line(tmp_path):
    with pytest.raises(ModelError, match="No such file"):
        Subject(tmp_path / "none.safetensors")


def test_the_card_names_the_weights_it_is_about():
    assert SHA256[:12] in WEIGHTS.with_suffix(".md").read_text()


def test_it_loads_nothing_before_it_is_asked():
    code = "import sys; from summarize.subject import Subject; Subject(); print('torch' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


def test_what_is_learned_is_what_is_loaded(tmp_path, monkeypatch):
    """Taught a handful of headlines, the file gives whoever loads it the learner's own answers."""
    taught = [
        {"set": "x", "label": "ours" if n % 2 else "not", "about": "", "title": f"Headline {n}", "lead": "A lead."}
        for n in range(6)
    ]
    (tmp_path / "headlines.jsonl").write_text("".join(json.dumps(item) + "\n" for item in taught))
    (tmp_path / "relevance.toml").write_text("item = []\n")
    monkeypatch.setattr(train_subject, "TAUGHT", tmp_path / "headlines.jsonl")
    monkeypatch.setattr(train_subject, "LABELLED", tmp_path / "relevance.toml")
    tokenizer, model = pretrained(weights_folder())
    learner = train_subject.Learner(model, tokenizer.pad_token_id)
    known = train_subject.headlines(tokenizer)
    train_subject.teach(learner, known)
    learned = learner.learned()
    assert set(learned) == {f"{n}.{part}" for n, _ in adapted(model) for part in ("up", "down")} | {
        "out.weight",
        "out.bias",
    }
    assert all(bool(learned[f"{name}.up"].any()) for name, _ in adapted(model))
    weights = tmp_path / "weights.safetensors"
    save_file(learned, weights)
    learner.put(learned)
    learner.eval()
    odds = learner([known[0].tokens]).sigmoid().item()
    loaded = Subject(weights, sha256=hashlib.sha256(weights.read_bytes()).hexdigest())
    assert loaded("Headline 0", "A lead.") == pytest.approx(odds, abs=1e-5)
    assert len(known[0].tokens["input_ids"]) <= TOKENS
