"""Any Hugging Face model that writes text, by name or folder. Opt-in, and always behind the strict guard.

What a model generates is only a suggestion: each of its sentences must say, word for word but for white-listed trims,
what one publishable sentence of the document says (`summarize.ground.Witnesses`), and is published as it stands there;
one that does not is replaced by the next sentence of the extractive summary. So a model may choose and never assert,
and whatever a document orders it to write has no effect beyond being text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.model import Document, Summary, Told
from summarize.candidates import Candidate
from summarize.compose import compose, parameters
from summarize.extractive import Extractive, Ranked, choose, slots
from summarize.ground import Witnesses
from summarize.sentences import sentences

NEW_TOKENS = 160  # the most that is generated for one window
_BATCH = 4  # windows written together
_LONGEST = 4_096  # tokens of a window, whatever more a model could hold
_ASKED = (
    "Copy, word for word, the sentences of this document that say what was decided, what was ordered, by when, and why."
)
_REMEDY = "give the folder of a model that writes text, or its owner/name on the hub and a network"
_BULLET = re.compile(r"^\s*(?:[-*•]|\(?\d{1,2}[.)])\s+")


class Abstractive:
    """A `pipeline.model.Summarizer`. ``model`` is a folder, or an owner/name that the hub serves."""

    name = "generated"

    def __init__(self, model: str, extractive: Extractive) -> None:
        self.words = extractive.words
        self._model = model
        self._extractive = extractive
        self.parameters = parameters(
            words=self.words, asked=_ASKED, tokens=NEW_TOKENS, otherwise=f"extractive {extractive.revision}"
        )

    @cached_property
    def revision(self) -> str:
        """The model's name and, of the hub, its commit; of a folder, a hash of its configuration and weights.

        Raises `ModelError` when there is no such model.
        """
        folder = Path(self._model)
        if not folder.is_dir():
            return f"{self._model}@{str(self._config._commit_hash)[:12]}"  # noqa: SLF001 - transformers has no other name for it
        digest = hashlib.sha256()
        for path in sorted([*folder.glob("*.json"), *folder.glob("*.safetensors")]):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"{folder.resolve().name}@{digest.hexdigest()[:12]}"

    def summarize(self, documents: Sequence[Document]) -> list[Summary]:
        """Raises `ModelError` when the model is missing, cannot be fetched, or is none that writes text."""
        return [
            compose(document, self._choose(document, text), self)
            for document, text in zip(documents, self.generate([item.text for item in documents]), strict=True)
        ]

    def tell(self, story: Sequence[tuple[Document, Summary]]) -> tuple[Told, ...]:
        """What the articles of one story report together, as the extractive summarizer finds it."""
        return self._extractive.tell(story)

    def generate(self, texts: Sequence[str]) -> list[list[str]]:
        """The sentences that the model writes about each text, as it writes them: nothing of it is checked here."""
        if not any(texts):
            return [[] for _ in texts]
        windows = [(number, window) for number, text in enumerate(texts) for window in self._windows(text)]
        windows.sort(key=lambda window: len(window[1]))
        found: dict[int, list[str]] = {number: [] for number in range(len(texts))}
        for start in range(0, len(windows), _BATCH):
            batch = windows[start : start + _BATCH]
            for (number, _), written in zip(batch, self._written([text for _, text in batch]), strict=True):
                found[number] += said(written)
        return list(found.values())

    def _choose(self, document: Document, generated: Sequence[str]) -> list[Candidate]:
        ranked = self._extractive.rank(document)
        return kept(generated, ranked, choose(ranked, slots(document), self.words), self.words)

    # ------------------------------------------------------------------------------------------ the model

    @cached_property
    def _config(self) -> Any:
        config = self._from_hub("AutoConfig")
        made = ", ".join(config.architectures or ()) or "no architecture named"
        if not re.search(r"ConditionalGeneration|CausalLM|LMHead", made):
            raise ModelError(self._model, f"is no model that writes text ({made})", _REMEDY)
        return config

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        import torch  # noqa: PLC0415 - seconds that only this summarizer should pay

        kind = "AutoModelForSeq2SeqLM" if self._config.is_encoder_decoder else "AutoModelForCausalLM"
        device = "cuda" if torch.cuda.is_available() else "cpu"
        tokenizer = self._from_hub("AutoTokenizer", padding_side="right" if self._config.is_encoder_decoder else "left")
        # Pickled weights can run code; safetensors cannot.
        model = self._from_hub(kind, use_safetensors=True, dtype="auto" if device == "cuda" else torch.float32)
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token
        return tokenizer, model.to(device).eval()

    def _from_hub(self, kind: str, **options: Any) -> Any:
        import transformers  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        try:
            return getattr(transformers, kind).from_pretrained(self._model, trust_remote_code=False, **options)
        except Exception as error:
            # Hub, network and files fail in dozens of ways; all of them mean that the model cannot be had.
            what = str(error).strip().splitlines()[0].rstrip(".:") if str(error).strip() else type(error).__name__
            raise ModelError(self._model, f"cannot be loaded: {what}", _REMEDY) from error

    def _windows(self, text: str) -> Iterator[str]:
        """The text in stretches of whole sentences, each as long as the model can hold beside what it is to write."""
        begin, end, held = 0, 0, 0
        for sentence in sentences(text):
            tokens = self._tokens(sentence.text)
            if held and held + tokens > self._room:
                yield text[begin:end]
                begin, held = sentence.start, 0
            end, held = sentence.end, held + tokens
        if held:
            yield text[begin:end]

    def _tokens(self, text: str) -> int:
        tokenizer, _ = self._loaded
        return len(tokenizer(text, add_special_tokens=False)["input_ids"])

    @cached_property
    def _holds(self) -> int:
        """Tokens that go in, by the tokenizer's and the configuration's word: no more than `_LONGEST`."""
        tokenizer, _ = self._loaded
        named = (getattr(self._config, name, None) for name in ("max_position_embeddings", "n_positions"))
        holds = min([_LONGEST, int(tokenizer.model_max_length), *(size for size in named if size)])
        return int(holds if self._config.is_encoder_decoder else max(16, holds - NEW_TOKENS))

    @cached_property
    def _room(self) -> int:
        return max(16, self._holds - self._tokens(self._prompt("")) - 2)  # two marks, of beginning and end

    def _prompt(self, text: str) -> str:
        """What the model is given: the text alone where it is made to shorten, else with what it is asked to do."""
        tokenizer, _ = self._loaded
        if self._config.is_encoder_decoder:
            return text
        if not tokenizer.chat_template:
            return f"{text}\n\n{_ASKED}\n"
        asked = [{"role": "user", "content": f"{_ASKED}\n\n{text}"}]
        return str(tokenizer.apply_chat_template(asked, tokenize=False, add_generation_prompt=True))

    def _written(self, windows: Sequence[str]) -> list[str]:
        import torch  # noqa: PLC0415

        tokenizer, model = self._loaded
        batch = tokenizer(
            [self._prompt(text) for text in windows], padding=True, truncation=True, max_length=self._holds,
            add_special_tokens=not tokenizer.chat_template, return_token_type_ids=False, return_tensors="pt",
        )  # fmt: skip
        with torch.inference_mode():
            made = model.generate(
                **batch.to(model.device), max_new_tokens=NEW_TOKENS, do_sample=False, num_beams=1,
                pad_token_id=tokenizer.pad_token_id,
            )  # fmt: skip
        if not self._config.is_encoder_decoder:
            made = made[:, batch["input_ids"].shape[1] :]
        return list(tokenizer.batch_decode(made, skip_special_tokens=True))


def said(written: str) -> list[str]:
    """What a model wrote, sentence by sentence, without the marks of a list."""
    lines = (_BULLET.sub("", line).strip() for line in written.splitlines())
    return [item.text for line in lines if line for item in sentences(line)]


def kept(
    generated: Sequence[str], ranked: Sequence[Ranked], extractive: Sequence[Candidate], words: int
) -> list[Candidate]:
    """The sentences of the source that the generated ones say, and the extractive ones in the place of the others.

    At most ``words`` words, no sentence twice, and none that leans on the one before it. What the extractive summary
    puts first, the decision where there is one, is never left out.
    """
    witnesses = Witnesses([item.candidate.text for item in ranked])
    found = [witnesses.find(sentence) for sentence in generated]
    stood_for = [ranked[index].candidate for index in found if index is not None]
    stood_for = [item for item in stood_for if not item.leans]
    chosen: list[Candidate] = []
    for item in (*extractive[:1], *stood_for, *extractive[1:]):
        fits = not chosen or item.words + sum(one.words for one in chosen) <= words
        if fits and item not in chosen:
            chosen.append(item)
    return chosen
