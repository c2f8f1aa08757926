from __future__ import annotations

import pytest

from summarize.encoder import Encoder
from summarize.extractive import Extractive


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real encoder, loaded once for the whole session."""
    return Encoder()


@pytest.fixture(scope="session")
def extractive(encoder: Encoder) -> Extractive:
    return Extractive(encoder, words=120)
