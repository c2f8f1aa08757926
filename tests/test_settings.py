from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import load_settings


def test_the_working_folder_comes_from_the_option_then_the_environment_then_here(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"DOCKETWIRE_DATA": "/elsewhere"}).data == tmp_path
    assert load_settings(None, {"DOCKETWIRE_DATA": "/elsewhere"}).data == Path("/elsewhere")
    assert load_settings(None, {}).data == Path("data")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "docketwire.toml").write_text('contact = "mailto:file@example.org"\nwords = 90\n')
    settings = load_settings(tmp_path, {"DOCKETWIRE_CONTACT": "mailto:env@example.org"})
    assert (settings.contact, settings.words) == ("mailto:env@example.org", 90)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("word = 90", "word", id="misspelt key"),
        pytest.param('words = "many"', "words", id="wrong type"),
        pytest.param("words = 5", "words", id="out of range"),
        pytest.param("words = true", "words", id="a boolean is no number"),
        pytest.param("words 90", "docketwire.toml", id="not TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "docketwire.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {})
    assert named in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("name", ["mail_password", "webhook"])
def test_a_secret_stands_in_the_environment_and_nowhere_else(tmp_path: Path, name: str) -> None:
    settings = load_settings(tmp_path, {f"DOCKETWIRE_{name.upper()}": "tell-nobody"})
    assert getattr(settings, name) == "tell-nobody"
    assert "tell-nobody" not in repr(settings)
    (tmp_path / "docketwire.toml").write_text(f'{name} = "tell-nobody"\n')
    with pytest.raises(SettingsError, match=f"DOCKETWIRE_{name.upper()}") as caught:
        load_settings(tmp_path, {})
    assert "tell-nobody" not in str(caught.value)


@pytest.mark.parametrize("text", ['mail_security = "ssl"', 'unsubscribe = "http://d.example/leave"'])
def test_mail_settings_are_checked(tmp_path: Path, text: str) -> None:
    (tmp_path / "docketwire.toml").write_text(text)
    with pytest.raises(SettingsError, match=text.split(maxsplit=1)[0]):
        load_settings(tmp_path, {})
