"""Tiny language models with random weights, saved as a folder with a tokenizer. What they write is noise."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    GPT2Config,
    GPT2LMHeadModel,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)

from tests.summarize.papers import ARTICLE, ORDER

Shape = Literal["t5", "bart", "gpt2"]


def save_tiny(folder: Path, shape: Shape, *, holds: int = 256) -> Path:
    """A model of that shape in ``folder``, whose words are those of two invented documents."""
    torch.manual_seed(0)
    _tokenizer(holds).save_pretrained(folder)
    model(shape, holds).save_pretrained(folder)
    return folder


def model(shape: Shape, holds: int) -> torch.nn.Module:
    words = len(_words())
    if shape == "t5":
        t5 = T5Config(
            vocab_size=words, d_model=32, d_kv=8, d_ff=64, num_layers=1, num_heads=4, pad_token_id=0,
            eos_token_id=1, decoder_start_token_id=0,
        )  # fmt: skip
        return T5ForConditionalGeneration(t5)
    if shape == "bart":
        bart = BartConfig(
            vocab_size=words, d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=4,
            decoder_attention_heads=4, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=holds,
            pad_token_id=0, eos_token_id=1, bos_token_id=2, decoder_start_token_id=2, forced_eos_token_id=1,
        )  # fmt: skip
        return BartForConditionalGeneration(bart)
    gpt2 = GPT2Config(
        vocab_size=words, n_positions=holds, n_embd=32, n_layer=1, n_head=4, bos_token_id=2, eos_token_id=1
    )
    return GPT2LMHeadModel(gpt2)


def _words() -> dict[str, int]:
    found = dict.fromkeys(
        ["<pad>", "</s>", "<s>", "<unk>"]
        + [word for word, _ in Whitespace().pre_tokenize_str(f"{ORDER.text} {ARTICLE.text}")]
    )
    return {word: number for number, word in enumerate(found)}


def _tokenizer(holds: int) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(WordLevel(_words(), unk_token="<unk>"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=holds, pad_token="<pad>", eos_token="</s>", bos_token="<s>",
        unk_token="<unk>",
    )  # fmt: skip
