from __future__ import annotations

import asyncio

from pipeline.publish.site.kept import LONGEST, Kept


def sent(kept: Kept, address: str, *bodies: bytes, status: int = 200) -> list[dict]:
    """What a reader hears who asks for this address: from what is kept, or from the page that is made now."""
    heard: list[dict] = []

    async def send(message: dict) -> None:
        heard.append(message)

    async def run() -> None:
        if await kept.send(address, send):
            return
        keeping = kept.keeping(address, send)
        await keeping({"type": "http.response.start", "status": status, "headers": []})
        for n, body in enumerate(bodies, 1):
            await keeping({"type": "http.response.body", "body": body, "more_body": n < len(bodies)})

    asyncio.run(run())
    return heard


def test_an_answer_is_given_again_as_it_was():
    kept = Kept()
    first = sent(kept, "/", b"one", b"two")
    assert sent(kept, "/", b"another") == first
    assert b"".join(message.get("body", b"") for message in first) == b"onetwo"
    assert sent(kept, "/other", b"another") != first


def test_only_whole_and_good_answers_are_kept():
    kept = Kept()
    sent(kept, "/none", b"x", status=404)
    sent(kept, "/long", b"x" * LONGEST, b"x")
    assert sent(kept, "/none", b"now it is there")[1]["body"] == b"now it is there"
    assert sent(kept, "/long", b"short")[1]["body"] == b"short"


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept(most=10)
    for address in ("/a", "/b", "/c"):
        sent(kept, address, b"1234")
    assert sent(kept, "/a", b"made anew")[1]["body"] == b"made anew"  # which sends /b away
    assert sent(kept, "/c", b"made anew")[1]["body"] == b"made anew"
    kept = Kept(most=10)
    for address in ("/a", "/b", "/a", "/c"):
        sent(kept, address, b"1234")
    assert sent(kept, "/a", b"made anew")[1]["body"] == b"1234"


def test_a_page_is_made_once_for_all_who_ask_the_same(get, monkeypatch):
    from pipeline.publish.site import directory

    made = []
    monkeypatch.setattr(directory, "sued", lambda rows: made.append(len(rows)) or [])
    answers = [get("/defendants"), get("/defendants", cookie="x=1"), get("/defendants", user_agent="another")]
    assert made == [3]
    assert len({answer.text for answer in answers}) == 1
    get("/defendants?other")
    assert made == [3, 3]
