"""A real browser walks through the site: Debian's chromium, two widths, two colour schemes, axe-core on every kind of page.

Skipped, and said so, where no chromium is installed. `DOCKETWIRE_SCREENSHOTS=<folder>` keeps what was seen.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from pipeline.publish.site.app import application
from tests.publish.conftest import ABOUT, ask, publish
from tests.publish.test_site_coverage import reported

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)")

# A page alone in its sandbox: it may speak to the site and to nobody else.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WIDTHS = [360, 1440]
SCHEMES = ["light", "dark"]
KINDS = {
    "home": "/", "matters": "/matters", "matter": "/matter/lantern", "rulings": "/matter/harbor-v-quillwright", "filing": "/document/order-91",
    "news": "/document/courier-1", "versions": "/document/order-91/versions/1", "stories": "/stories", "story": "/story/courier-1",
    "search": "/search?q=lantern", "nothing": "/search?q=zebra", "calendar": "/calendar", "courts": "/courts", "defendants": "/defendants", "audit": "/audit", "candidates": "/candidates",
    "sources": "/sources", "issues": "/issues", "data": "/data", "about": "/about", "missing": "/document/none", "leave": "/unsubscribe?reader=x",
    "tables": "/docketwire", "table": "/docketwire/events", "row": "/docketwire/documents/order-91", "query": "/docketwire/rulings_of?matter=lantern",
}  # fmt: skip
# What WCAG 2.2 AA asks, and nothing of taste.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on a port of its own. Yields its address."""
    from pipeline.publish.calendar import write_calendars
    from pipeline.publish.feeds import write_feeds

    folder = publish(tmp_path_factory.mktemp("browser") / "public", reported(), ABOUT)
    for write in (write_feeds, write_calendars):
        write(ask(folder), folder / "feeds", site=ABOUT["site"], authority="docketwire.example")
    app = application(folder, clock=lambda: datetime(2030, 11, 21, 7, tzinfo=UTC))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
        assert thread.is_alive()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def reading(browser: Browser, site: str, width: int, scheme: str) -> Iterator[Page]:
    """A page of this width and colour scheme. Nothing it loads may fail, come from elsewhere or be refused by the policy."""
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=False
    )  # fmt: skip
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert not [line for line in said if "404" not in line]
    assert {url for url in asked if not url.startswith(site)} == set()
    context.close()


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("DOCKETWIRE_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def background(page: Page, selector: str) -> str:
    return str(page.locator(selector).evaluate("e => getComputedStyle(e).backgroundColor"))


def on_screen(page: Page, selector: str) -> bool:
    inside = (
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.height > 0 }"
    )
    return bool(page.locator(selector).evaluate(inside))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_walks_from_the_front_page_to_a_subscription(browser, site, width, scheme):
    with reading(browser, site, width, scheme) as page:
        page.goto("/")
        keep(page, f"home-{width}-{scheme}")
        page.locator(".of-matter h4 a", has_text="In re Lantern Models").first.click()
        assert page.url == f"{site}/matter/lantern"
        keep(page, f"matter-{width}-{scheme}")
        behind = page.locator(".timeline .coverage")
        behind.locator("summary").click()  # who reports the order
        assert behind.get_by_role("link").first.get_attribute("href") == "/story/courier-1"
        page.locator(".timeline .head a", has_text="Motion to compel").click()
        assert page.url == f"{site}/document/order-91"
        sentence = page.locator(".summary a.sentence").nth(1)
        sentence.hover()
        assert background(page, "#p2") != background(page, "#p1")
        sentence.click()  # the passage it was taken from
        assert page.url.endswith("#p2")
        page.wait_for_function("matchMedia('(prefers-reduced-motion)').matches || true")
        page.wait_for_timeout(600)  # the way there is smooth
        assert on_screen(page, "#p2")
        assert background(page, "#p2") != background(page, "#p1")
        keep(page, f"document-{width}-{scheme}")
        page.locator("#p2 .back").click()
        assert page.url.endswith("#s2")
        page.get_by_role("searchbox").fill('"good faith"')
        page.keyboard.press("Enter")
        assert page.locator(".result .head a").first.get_attribute("href") == "/document/order-91"
        assert page.locator(".result mark").all_text_contents() == ["good faith"]
        keep(page, f"search-{width}-{scheme}")
        feed = page.request.get(page.get_by_role("link", name="Atom", exact=True).first.get_attribute("href"))
        assert feed.headers["content-type"].startswith("application/atom+xml")
        page.goto("/matter/lantern")
        calendar = page.request.get(page.get_by_role("link", name="Calendar (iCal)").get_attribute("href"))
        assert (calendar.status, calendar.headers["content-type"]) == (200, "text/calendar; charset=utf-8")


# Layout depends on the width and contrast on the scheme: two runs see every one of both.
@pytest.mark.parametrize(("width", "scheme"), list(zip(WIDTHS, SCHEMES, strict=True)))
def test_every_kind_of_page_is_accessible_and_fits(browser, site, width, scheme):
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    trouble: list[str] = []
    with reading(browser, site, width, scheme) as page:
        for name, path in KINDS.items():
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
            page.evaluate(axe)  # by way of the debugger: the page's own policy lets no script in
            found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
            wrong = [
                f"{one['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else ''}"
                for one in found["violations"]
                for node in one["nodes"]
            ]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                wrong.append(f"wider than the screen by {wide} px")
            trouble += [f"{name}: {one}" for one in wrong]
    assert not trouble, "\n".join(trouble)


def test_the_whole_walk_is_possible_by_keyboard(browser, site):
    with reading(browser, site, 1440, "light") as page:
        page.goto("/document/order-91")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.locator(".summary a.sentence").first.focus()
        page.keyboard.press("Enter")
        assert page.url.endswith("#p1")


def test_print_leaves_out_what_paper_cannot_do(browser, site):
    with reading(browser, site, 1440, "dark") as page:
        page.goto("/document/order-91")
        page.emulate_media(media="print")
        for gone in (".masthead nav", ".find", ".skip", ".colophon nav"):
            assert not page.locator(gone).is_visible(), gone
        assert page.locator(".body").is_visible()
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert background(page, ".banner") == "rgba(0, 0, 0, 0)"  # black on nothing, whether or not paper shows grounds
