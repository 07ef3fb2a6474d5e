"""The pictures in docs/pictures 截图: the first screen of main pages, on the same day, of the same district.

``./yizhan shots`` starts a product whose clock stands still, so that a picture changes only when its page does.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()

from tests.browser.chromium import launch  # noqa: E402
from tests.journeys.conftest import DAY  # noqa: E402
from tests.journeys.stops import STOPS  # noqa: E402
from tests.journeys.walk import DESK, PHONE, Walk  # noqa: E402
from tests.product import Product  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "docs/pictures"
HEIGHTS = {DESK: 900, PHONE: 844}


@dataclass(frozen=True)
class Picture:
    """One file: a stop of the walk, and in which dress it is seen."""

    name: str
    stop: str
    width: int = DESK
    language: str = "zh-hans"
    theme: str = "light"
    elder: str = "off"


PICTURES = (
    Picture("home", "home"),
    Picture("home.en", "home", language="en"),
    Picture("home-phone", "home", PHONE),
    Picture("home-elder", "home", PHONE, elder="on"),
    Picture("guide", "guide"),
    Picture("apply-phone", "apply-person", PHONE),
    Picture("apply-phone.en", "apply-person", PHONE, language="en"),
    Picture("case-phone", "case-granted", PHONE),
    Picture("case-phone.en", "case-granted", PHONE, language="en"),
    Picture("desk", "desk"),
    Picture("desk.en", "desk", language="en"),
    Picture("desk-dark", "desk", theme="dark"),
    Picture("desk-case", "desk-case"),
    Picture("desk-case.en", "desk-case", language="en"),
    Picture("station", "station-draft"),
    Picture("late", "late"),
)


def main(names: list[str]) -> int:
    """Take the pictures of these names, or all; 1 when a name is unknown."""
    unknown = set(names) - {picture.name for picture in PICTURES}
    if unknown:
        sys.stderr.write(f"{', '.join(sorted(unknown))}?\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with Product("--clock", f"={DAY}") as product, launch() as browser:
        walk = Walk(browser, product, DAY)
        for picture in PICTURES:
            if not names or picture.name in names:
                _take(walk, picture)
        walk.close()
    return 0


def _take(walk: Walk, picture: Picture) -> None:
    stop = next(one for one in STOPS if one.name == picture.stop)
    page = walk.as_(stop.who)
    page.set_viewport_size({"width": picture.width, "height": HEIGHTS[picture.width]})
    stop.open(walk, page)  # what the page shows is made in Chinese
    dress = {"django_language": picture.language, "theme": picture.theme, "elder": picture.elder}
    page.context.add_cookies(
        [{"name": name, "value": text, "url": walk.address} for name, text in dress.items()]
    )
    page.reload(wait_until="networkidle")
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    plain = {"django_language": "zh-hans", "theme": "light", "elder": "off"}
    page.context.add_cookies(
        [{"name": name, "value": text, "url": walk.address} for name, text in plain.items()]
    )
    sys.stdout.write(f"  {path.relative_to(FOLDER.parents[1])}  {path.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
