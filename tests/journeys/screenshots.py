"""Make the ten main screenshots: `python -m tests.journeys.screenshots [folder [address of a running server]]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tests.journeys.browsing import ROOT, browsing, chromium_path, serving
from tests.journeys.journeys import COLDS, HEARTS, answer_until_the_card, opened, write

DESK, PHONE = (1280, 860), (390, 844)


def take(browser: Any, server: str, folder: Path) -> list[Path]:
    """Play the screens and return the files."""
    made: list[Path] = []

    def page(size: tuple[int, int], query: str) -> Any:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1)
        return opened(context, server, query)

    def shot(seen: Any, name: str) -> None:
        seen.wait_for_timeout(400)
        made.append(folder / f"{len(made) + 1:02}-{name}.png")
        seen.screenshot(path=str(made[-1]))

    desk = page(DESK, "lang=en&country=MA")
    shot(desk, "first-desk")
    write(desk, COLDS["en"])
    desk.wait_for_selector("#sal-question section")
    shot(desk, "question-desk")
    answer_until_the_card(desk, ("No", "None"))
    shot(desk, "advice-desk")
    desk.locator("#sal-summary > summary").click()
    shot(desk, "summary-desk")
    phone = page(PHONE, "lang=en&country=GB")
    shot(phone, "first-phone")
    phone.locator("#sal-body > summary").click()
    phone.locator(".sal-part > summary", has_text="Chest pain").click()
    phone.locator("#sal-body").scroll_into_view_if_needed()
    shot(phone, "where-it-hurts-phone")
    write(phone, HEARTS["en"])
    phone.wait_for_selector("#sal-alert section")
    shot(phone, "emergency-phone")
    arabic = page(PHONE, "lang=ar&country=MA")
    shot(arabic, "first-arabic")
    write(arabic, "عندي صداع منذ البارحة")
    arabic.wait_for_selector("#sal-question section")
    shot(arabic, "question-arabic")
    write(arabic, HEARTS["ar"])
    arabic.wait_for_selector("#sal-alert section")
    shot(arabic, "emergency-arabic")
    return made


def main() -> int:
    """Take the screenshots and print the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "reports" / "screenshots")
    parser.add_argument("address", nargs="?", help="a running server; else one is started")
    options = parser.parse_args()
    path = chromium_path()
    if path is None:
        print("screenshots need Chromium: install chromium or google-chrome", file=sys.stderr)
        return 2
    options.folder.mkdir(parents=True, exist_ok=True)
    with serving(options.address) as server, browsing(path) as browser:
        for made in take(browser, server, options.folder):
            print(f"{made} {made.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
