"""Print what the page costs on a slow telephone: `python -m tests.journeys.weigh [address of a running server]`.

The line is throttled to the "slow 3G" of web performance tools (400 ms round trip, 400 kbit/s down and up) and to
"fast 3G" (150 ms, 1.6 Mbit/s down, 750 kbit/s up); nothing is in the cache.
"""

from __future__ import annotations

import sys
from statistics import median
from typing import Any

from tests.journeys.browsing import browsing, chromium_path, serving

LINES = {"slow 3G": (400, 400, 400), "fast 3G": (150, 1600, 750), "no limit": (0, 0, 0)}
"""Round trip in ms, kbit/s down, kbit/s up."""
BOUNDS = {"number": 2.0, "usable": 6.0}
"""Seconds on slow 3G until the emergency number, and a chat that can be used, at most."""
WATCH = """
window.seen = {};
const note = (name, found) => { if (found && !(name in seen)) seen[name] = performance.now(); };
const look = () => {
  note('number', document.querySelector('.sal-banner a')?.checkVisibility());
  note('usable', document.querySelector('#sal-first textarea')?.checkVisibility());
  note('alive', document.documentElement?.classList.contains('sal-ready'));
  requestAnimationFrame(look);
};
look();
"""


def weigh(browser: Any, server: str, line: tuple[int, int, int]) -> dict[str, float]:
    """Open the page once and return bytes, requests and seconds."""
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    delay, down, up = line
    limits = {"downloadThroughput": down * 125 or -1, "uploadThroughput": up * 125 or -1, "latency": delay}
    wire.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    context.add_init_script(WATCH)
    page.goto(f"{server}/chat/?lang=ar&country=MA", wait_until="commit", timeout=120_000)
    for _ in range(600):
        page.wait_for_timeout(100)
        seen = page.evaluate("window.seen")
        if "alive" in seen:
            break
    page.wait_for_timeout(500)
    context.close()
    return {"bytes": sum(sizes), "requests": len(sizes), **{name: value / 1000 for name, value in seen.items()}}


def main() -> int:
    """Print a table, one row for each line, the median of three; return 1 when a bound is exceeded."""
    path = chromium_path()
    if path is None:
        print("this needs Chromium: install chromium or google-chrome", file=sys.stderr)
        return 2
    names = ("bytes", "requests", "number", "usable", "alive")
    exceeded = []
    with serving(sys.argv[1] if len(sys.argv) > 1 else None) as server, browsing(path) as browser:
        weigh(browser, server, LINES["no limit"])
        print("line       kB  requests  s to number  s to a box that sends  s to all scripts")
        for name, line in LINES.items():
            runs = [weigh(browser, server, line) for _ in range(3)]
            found = {key: median(run.get(key, 999) for run in runs) for key in names}
            size, requests, number, usable, alive = found.values()
            print(f"{name:9}{size / 1000:4.0f}{requests:10.0f}{number:13.1f}{usable:23.1f}{alive:18.1f}", flush=True)
            if name == "slow 3G":
                exceeded = [
                    f"{key} {found[key]:.1f} s, at most {most} s" for key, most in BOUNDS.items() if found[key] > most
                ]
    for told in exceeded:
        print(f"too slow on slow 3G: {told}", file=sys.stderr)
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
