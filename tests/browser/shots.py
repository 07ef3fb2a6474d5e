"""Takes a picture of a page, for people 截图.

    python tests/browser/shots.py http://127.0.0.1:8000/ home --phone --dark --elder --en --print --width 320

The picture lies in ``$YIZHAN_HOME/shots``; what axe-core finds and whether the page is too wide is printed.
A page behind the log-in wants ``--cookie sessionid=…``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.browser.chromium import HOME, axe, launch, missing_icons, overflow

WIDTHS = {True: (390, 844), False: (1440, 900)}


def main() -> int:
    """Take one picture; 1 when the page has faults, 2 when it cannot be opened."""
    wanted = _arguments()
    size = WIDTHS[wanted.phone]
    with launch() as browser:
        page = browser.new_page(
            viewport={"width": wanted.width or size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        page.context.add_cookies(_cookies(wanted))
        page.on("console", lambda message: _say(f"console: {message.text}"))
        try:
            page.goto(wanted.url, wait_until="networkidle")
        except Error as error:
            _say(str(error).splitlines()[0])
            return 2
        faults = axe(page) + overflow(page) + missing_icons(page)
        _take(page, wanted)
    for fault in faults:
        _say(f"{fault['rule']}: {fault['help']}", *(f"    {place}" for place in fault["places"][:4]))
    return 1 if faults else 0


def _take(page, wanted) -> None:
    folder = HOME.parent / "shots"
    folder.mkdir(exist_ok=True)
    marks = [mark for mark in ("phone", "dark", "elder", "en", "print") if getattr(wanted, mark)]
    path = folder / f"{'-'.join([wanted.name, *marks, *([str(wanted.width)] if wanted.width else [])])}.png"
    if wanted.print:
        page.emulate_media(media="print")
    if not wanted.screen:
        # As high as the page, so that bars fixed to the screen stand at its foot.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size(
            {"width": page.viewport_size["width"], "height": max(height, page.viewport_size["height"])}
        )
    page.screenshot(path=path)
    _say(str(path))


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _cookies(wanted) -> list[dict[str, str]]:
    address = urlsplit(wanted.url)
    given = dict(pair.split("=", 1) for pair in wanted.cookie)
    chosen = {"theme": "dark" if wanted.dark else "light", "elder": "on" if wanted.elder else "off"}
    chosen["django_language"] = "en" if wanted.en else "zh-hans"
    base = f"{address.scheme}://{address.netloc}"
    return [{"name": name, "value": value, "url": base} for name, value in (chosen | given).items()]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("name", help="of the picture, without .png")
    for flag in ("phone", "dark", "elder", "en", "print"):
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("--screen", action="store_true", help="only what the first screen shows")
    parser.add_argument("--width", type=int, help="of the window in pixels")
    parser.add_argument("--cookie", action="append", default=[], metavar="NAME=VALUE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
