"""The pictures of docs/screenshots, from a served demonstration (`docketwire demo`):

`python -m tests.browser.screenshots http://127.0.0.1:8001 docs/screenshots`
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

# Name → (address, width, height, colour scheme).
PICTURES = {
    "home": ("/", 1280, 1250, "light"),
    "matter": ("/matter/in-re-lumenforge", 1280, 1250, "light"),
    "document": ("a:Osei-Harrow denied", 1280, 1250, "light"),
    "search": ("/search?q=motion&kind=filing", 1280, 1250, "dark"),
    "matter-on-a-phone": ("/matter/in-re-lumenforge", 360, 1250, "dark"),
    "matters": ("/matters", 1280, 900, "light"),
}


def main(site: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (address, width, height, scheme) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            if address.startswith("a:"):  # a document has no address that is known beforehand
                page.goto(site)
                page.locator(".head a", has_text=address[2:]).first.click()
                page.locator(".summary a.sentence").first.hover()
            else:
                page.goto(site + address)
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.convert("RGB").quantize(96).save(folder / f"{name}.png", optimize=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
