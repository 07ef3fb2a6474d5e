"""Every component as HTML: what a browser would also find, found without one."""

import re
from html.parser import HTMLParser

import pytest

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
FIELDS = {"input", "select", "textarea"}
EMPTY = {"meta", "link", "input", "br", "hr", "img", "source"}


class Page(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self._languages = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in EMPTY:
            self._languages.append(found.get("lang"))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self._languages.pop()

    def handle_data(self, data):
        language = next((lang for lang in reversed(self._languages) if lang), None)
        if data.strip():
            self.words.append((language, data))

    def named(self, *tags):
        return [found for tag, found in self.tags if tag in tags]


@pytest.fixture(params=["public", "desk"])
def gallery(request, visitor):
    def read(language="zh-hans"):
        visitor.cookies["django_language"] = language
        answer = visitor.get(f"/gallery?layout={request.param}")
        assert answer.status_code == 200
        return Page(answer.content.decode())

    return read


def test_there_is_one_heading_one_and_a_way_past_the_menu(gallery):
    page = gallery()
    assert len(page.named("h1")) == 1
    assert page.named("a")[0]["href"] == "#main"
    assert [found["id"] for found in page.named("main")] == ["main"]


def test_every_id_is_used_once(gallery):
    ids = [found["id"] for _tag, found in gallery().tags if found.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_every_field_has_a_name_for_screen_readers(gallery):
    page = gallery()
    labelled = {found["for"] for found in page.named("label")}
    asked = [found for found in page.named(*FIELDS) if found.get("type") != "hidden"]
    nameless = [found for found in asked if found.get("id") not in labelled and "aria-label" not in found]
    assert asked
    assert nameless == []


def test_what_fields_point_at_exists(gallery):
    page = gallery()
    ids = {found.get("id") for _tag, found in page.tags}
    pointed = [name for _tag, found in page.tags for name in (found.get("aria-describedby") or "").split()]
    assert pointed
    assert set(pointed) <= ids


def test_nothing_stands_inline_that_the_content_policy_refuses(gallery):
    page = gallery()
    refused = [
        name for _tag, found in page.tags for name in found if name == "style" or name.startswith("on")
    ]
    assert refused == []
    assert all(found.get("src") for found in page.named("script"))
    assert page.named("style") == []


def test_an_english_page_has_no_unmarked_chinese(gallery):
    page = gallery("en")
    assert [
        words
        for language, words in page.words
        if not (language or "").startswith("zh") and CHINESE.search(words)
    ] == []
    spoken = [found.get(name, "") for _tag, found in page.tags for name in ("aria-label", "placeholder")]
    assert [words for words in spoken if CHINESE.search(words or "")] == []


def test_invented_contents_are_called_so_in_demo_mode(settings, visitor):
    settings.DEMO = True
    assert "示例数据均为虚构" in visitor.get("/gallery").content.decode()
    settings.DEMO = False
    assert "示例数据均为虚构" not in visitor.get("/gallery").content.decode()
