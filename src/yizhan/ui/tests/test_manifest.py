import json

import pytest

from yizhan.ui import manifest
from yizhan.ui.icons import icon
from yizhan.ui.manifest import Manifest, asset

BUILT = {
    "frontend/public.js": {"file": "public-1.js", "isEntry": True, "css": ["public-1.css"]},
    "_application-1.js": {"file": "application-1.js"},
    "icons.svg": {"file": "icons-1.svg"},
}


@pytest.fixture
def assets(tmp_path, settings, monkeypatch):
    settings.ASSETS = tmp_path
    settings.STATIC_URL = "/assets/"
    monkeypatch.setattr(manifest, "LOOK_AGAIN_AFTER", -1.0)
    return tmp_path / "manifest.json"


def test_names_lead_to_hashed_files(assets):
    assets.write_text(json.dumps(BUILT))
    assert asset("public.js") == "/assets/public-1.js"
    assert asset("public.css") == "/assets/public-1.css"
    assert asset("icons.svg") == "/assets/icons-1.svg"
    assert asset("application-1.js") is None


def test_before_the_build_there_is_nothing_and_no_error(assets):
    assert asset("public.css") is None
    assert icon("search") == ""
    assert icon("search", "搜索") == "<span>搜索</span>"


def test_a_new_build_is_seen(assets):
    assets.write_text(json.dumps(BUILT))
    assert asset("icons.svg") == "/assets/icons-1.svg"
    assets.write_text(json.dumps(BUILT).replace("icons-1", "icons-2-longer"))
    assert asset("icons.svg") == "/assets/icons-2-longer.svg"
    assets.unlink()
    assert asset("icons.svg") is None


def test_the_disk_is_asked_once_a_second(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(BUILT))
    built = Manifest(path, "/assets/")
    assert built.url("icons.svg") == "/assets/icons-1.svg"
    path.unlink()
    assert built.url("icons.svg") == "/assets/icons-1.svg"


def test_an_icon_is_decoration_unless_it_has_words(assets):
    assets.write_text(json.dumps(BUILT))
    assert (
        icon("bell")
        == '<svg class="icon" aria-hidden="true"><use href="/assets/icons-1.svg#i-bell"></use></svg>'
    )
    assert 'role="img" aria-label="&lt;9&gt;"' in icon("bell", "<9>")
