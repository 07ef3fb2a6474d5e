"""Drawings of processes in a real browser: words within their boxes, nothing for axe to find, moved by themselves."""

from __future__ import annotations

import pytest

from tests.browser.chromium import axe, overflow
from tests.browser.drawings import NAMES
from tests.browser.reading import typography

pytestmark = pytest.mark.browser

LOOKS = {
    "desktop": {},
    "phone": {"width": 390},
    "dark": {"theme": "dark"},
    "elder phone": {"elder": "on", "width": 390},
    "English": {"django_language": "en"},
    "English small phone": {"django_language": "en", "width": 320},
}

# Words that reach beyond the shape or the ground on which they stand.
OUTSIDE = """() => {
  const found = [];
  for (const group of document.querySelectorAll(".process-node, .process-label, .process-column")) {
    const shape = group.querySelector(".process-shape, .process-ground");
    if (!shape || (shape.tagName === "polygon" && shape.points.length === 4)) continue;
    const room = shape.getBBox();
    for (const text of group.querySelectorAll("text:not(.process-sign text)")) {
      const words = text.getBBox();
      if (words.x < room.x - 1 || words.x + words.width > room.x + room.width + 1 ||
          words.y < room.y - 3 || words.y + words.height > room.y + room.height + 3)
        found.push(text.textContent);
    }
  }
  return found;
}"""

# Words that lie on one another.
UPON = """() => {
  const all = [...document.querySelectorAll(".process-drawing text")].filter(one => one.textContent);
  const boxes = all.map(text => text.getBBox());
  const found = [];
  for (let one = 0; one < all.length; one++)
    for (let other = 0; other < one; other++) {
      const a = boxes[one], b = boxes[other];
      if (all[one].closest(".process-sign") || all[other].closest(".process-sign")) continue;
      if (a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width && a.y + 4 < b.y + b.height && b.y + 4 < a.y + a.height)
        found.push(all[one].textContent + " / " + all[other].textContent);
    }
  return found;
}"""

# Chinese in an English drawing that is not marked as such.
CHINESE = """() => [...document.querySelectorAll(".card text, .card title, .card desc, .card li, .card summary")]
  .filter(one => !one.children.length || one.tagName === "text")
  .filter(one => /\\p{Script=Han}/u.test(one.textContent) && !one.closest("[lang^=zh]"))
  .map(one => one.textContent)"""

# Whether what is current stands within what the place shows.
SHOWN = """place => {
  const room = place.getBoundingClientRect();
  const here = [...place.querySelectorAll(".process-node--task.is-current .process-shape")].pop().getBoundingClientRect();
  return here.left >= room.left && here.right <= room.right;
}"""


# The grounds on which words stand.
GROUNDS = """shapes => shapes.filter(one => one.parentElement.querySelector(".process-title"))
  .map(one => getComputedStyle(one).fill)"""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", LOOKS)
def test_every_drawing_is_accessible_and_its_words_find_room(visit, name, look):
    page = visit(f"/drawings/{name}", **LOOKS[look])
    page.locator(".process-words summary").click()
    assert axe(page) == []
    assert overflow(page) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(UPON) == []
    assert page.evaluate(CHINESE) == [] if "English" in look else typography(page) == []
    assert visit.complaints == []


def test_on_a_phone_it_is_moved_by_itself_and_opens_where_the_case_stands(visit):
    page = visit("/drawings/reviewed", width=390)
    place = page.locator(".process-scroll")
    assert place.evaluate("one => one.scrollWidth > one.clientWidth && one.scrollLeft > 0")
    assert place.evaluate(SHOWN)
    place.focus()
    before = place.evaluate("one => one.scrollLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "before => document.querySelector('.process-scroll').scrollLeft < before", arg=before
    )


def test_its_letters_grow_in_elder_mode(visit):
    wide = [
        visit("/drawings/checked", **look)
        .locator(".process-drawing")
        .evaluate("one => one.getBoundingClientRect().width")
        for look in ({}, {"elder": "on"})
    ]
    assert wide[1] == pytest.approx(1.25 * wide[0], rel=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_it_fits_the_sheet_and_its_grounds_are_white(visit, theme):
    page = visit("/drawings/checked", width=700, theme=theme)
    page.emulate_media(media="print")
    assert page.locator(".process-drawing").evaluate("one => one.getBoundingClientRect().width") <= 700
    assert set(page.locator(".process-shape").evaluate_all(GROUNDS)) == {"rgb(255, 255, 255)"}
    assert (
        page.locator(".process-title").first.evaluate("one => getComputedStyle(one).fill") == "rgb(0, 0, 0)"
    )


def test_where_colours_are_forced_words_stand_on_the_ground_of_the_page_and_signs_differ(visit):
    page = visit("/drawings/reviewed", theme="dark")
    page.emulate_media(forced_colors="active")
    marks = page.locator(".process-mark path").evaluate_all(
        "paths => paths.map(one => one.getAttribute('d'))"
    )
    assert len(set(marks)) >= 4
    canvas = page.evaluate(
        "(document.body.style.backgroundColor = 'Canvas', getComputedStyle(document.body).backgroundColor)"
    )
    assert set(page.locator(".process-node .process-shape").evaluate_all(GROUNDS)) == {canvas}
