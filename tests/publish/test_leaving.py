from __future__ import annotations

import asyncio
import base64
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SendError
from pipeline.publish.leaving import Leaving
from pipeline.publish.site.app import application
from tests.publish.site_reader import NOW, page, words

PAT = "pat@reader.example"


@pytest.fixture
def leaving(tmp_path: Path) -> Leaving:
    return Leaving(tmp_path)


def test_who_leaves_has_left_once_and_for_all(leaving):
    token = leaving.token(PAT)
    assert (leaving.leave(token), leaving.leave(token)) == (True, True)
    assert (leaving.folder / "unsubscribed").read_text().split() == [token]
    assert leaving.token(" Pat@Reader.Example ") in leaving.left()
    assert leaving.token("lee@reader.example") not in leaving.left()


def test_nothing_says_who_has_left_and_only_we_can_read_the_key(leaving):
    leaving.leave(leaving.token(PAT))
    assert b"pat" not in b"".join(path.read_bytes().lower() for path in leaving.folder.iterdir())
    assert (leaving.folder / "unsubscribe.key").stat().st_mode & 0o077 == 0


def test_another_site_has_other_tokens(leaving, tmp_path_factory):
    elsewhere = Leaving(tmp_path_factory.mktemp("elsewhere")).token(PAT)
    assert not leaving.leave(elsewhere)  # before there is a key
    assert leaving.token(PAT) != elsewhere
    assert not leaving.leave(elsewhere)


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> Leaving:
    leaving = Leaving(tmp_path_factory.mktemp("asked"))
    leaving.token(PAT)
    return leaving


@given(st.text() | st.binary(min_size=30, max_size=30).map(lambda some: base64.urlsafe_b64encode(some).decode()))
def test_a_token_that_we_have_not_given_out_is_none(asked, token):
    assert not asked.leave(token)
    assert asked.left() == frozenset()


def test_a_token_with_one_letter_changed_is_none(leaving):
    token = leaving.token(PAT)
    for n, letter in enumerate(token):
        assert not leaving.leave(token[:n] + ("A" if letter != "A" else "B") + token[n + 1 :])


def asking(public: Path, method: str, address: str, leave) -> httpx.Response:
    async def ask() -> httpx.Response:
        site = application(public, clock=lambda: NOW, leave=leave)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="https://d.example") as client:
            answer = await client.request(
                method, address, data={"List-Unsubscribe": "One-Click"} if method == "POST" else None
            )
        site.close()
        return answer

    return asyncio.run(ask())


def test_one_post_is_enough_and_a_look_is_not(public, leaving):
    """RFC 8058 §3.2: no cookie, no redirect, nothing but the address; a GET must strike nobody off."""
    address = f"/unsubscribe?reader={leaving.token(PAT)}"
    looked = asking(public, "GET", address, leaving.leave)
    assert (looked.status_code, leaving.left()) == (200, frozenset())
    [form] = page(looked).forms[1:]
    assert (form.method, form.action) == ("POST", address)
    posted = asking(public, "POST", address, leaving.leave)
    assert posted.status_code == 200
    assert [words(each) for each in page(posted).xpath("//h1")] == ["You will get no more digests."]
    assert len(page(posted).forms) == 1  # the search: there is nothing left to ask
    assert posted.headers["cache-control"] == "no-store"
    assert "etag" not in posted.headers
    assert leaving.left() == {leaving.token(PAT)}


@pytest.mark.parametrize(
    "address", ["/unsubscribe", "/unsubscribe?reader=", "/unsubscribe?reader=%ff%00x", "/unsubscribe?who=pat"]
)
def test_a_post_without_a_token_of_ours_strikes_nobody_off(public, leaving, address):
    leaving.token(PAT)
    posted = asking(public, "POST", address, leaving.leave)
    assert posted.status_code == 404
    assert "Nothing has changed." in words(page(posted))
    assert leaving.left() == frozenset()


def test_where_nobody_listens_the_site_takes_no_post(public):
    assert asking(public, "POST", "/unsubscribe?reader=x", None).status_code == 405
    assert asking(public, "POST", "/", lambda token: True).status_code == 405


def test_what_cannot_be_written_down_is_said(public):
    def full(token: str) -> bool:
        raise OSError("no space left on device")

    posted = asking(public, "POST", "/unsubscribe?reader=x", full)
    assert posted.status_code == 503
    [form] = page(posted).forms[1:]
    assert form.action == "/unsubscribe?reader=x"  # so that trying again is one click


def test_what_a_person_wrote_into_the_file_loses_nobody(leaving):
    pat, lee = leaving.token(PAT), leaving.token("lee@reader.example")
    leaving.leave(pat)
    (leaving.folder / "unsubscribed").write_bytes(f"# für Max\n{pat}".encode("latin-1"))  # and no end of the line
    leaving.leave(lee)
    assert {pat, lee} <= leaving.left()


def test_a_key_that_is_none_signs_nothing(leaving):
    token = leaving.token(PAT)
    (leaving.folder / "unsubscribe.key").write_bytes(b"")
    assert not leaving.leave(token)
    with pytest.raises(SendError, match="is no key; remove it"):
        leaving.token(PAT)


def test_the_page_with_a_token_is_kept_nowhere(public, leaving):
    looked = asking(public, "GET", "/unsubscribe?reader=abc", leaving.leave)
    assert (looked.status_code, looked.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in looked.headers
