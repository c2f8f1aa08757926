"""Documentation that is compared with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click import Group
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.publish.data_model import markdown
from pipeline.publish.database import schema

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


def test_the_data_model_page_is_fresh() -> None:
    assert (ROOT / "docs" / "data-model.md").read_text() == markdown(schema())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_command_the_readme_names_exists() -> None:
    named = set(re.findall(r"`docketwire ([a-z]+)", (ROOT / "README.md").read_text()))
    assert isinstance(main, Group)
    assert named
    assert named <= set(main.commands)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself_and_takes_data(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert "--data DIR" in shown.output
    assert len(shown.output.split("Options:")[0].split()) > 8
