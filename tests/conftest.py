"""Shared by all rooms: where the real material lies, when it does."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real documents and recordings beside the checkout. They are never part of the repository."""
    folder = ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("needs ../shared (real material, kept outside the repository)")
    return folder
