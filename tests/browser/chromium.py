"""A Chromium for tests, with Chinese fonts, from npm packages alone 测试浏览器.

``prepare()`` installs and unpacks it once under ``$YIZHAN_HOME/browser``; ``launch()`` starts it; ``axe()``
asks axe-core for faults of accessibility. Nothing of the machine's own browsers or fonts is used, so a
picture looks the same everywhere. There is one way only: what fails is named, and nothing is skipped.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("YIZHAN_HOME") or HERE.parents[1] / "var").resolve() / "browser"
NPM_FILES = (
    HERE / "package.json",
    HERE / "package-lock.json",
    HERE / "unpack.mjs",
    HERE.parents[1] / ".npmrc",
)
ARCHIVES = ("chromium.br", "al2023.tar.br", "swiftshader.tar.br")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans SC</string></edit>
  </match>
</fontconfig>
"""

# Draws two characters and counts their dark points; without a font there are none, or the same box twice.
DRAWN = """() => ["越", "一"].map(character => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext("2d");
  pen.font = "40px sans-serif";
  pen.fillText(character, 4, 40);
  return pen.getImageData(0, 0, 48, 48).data.filter((value, at) => at % 4 === 3 && value > 128).length;
})"""

AXE_RUN = """asked => axe.run(document, asked).then(found => found.violations.map(fault => ({
  rule: fault.id, impact: fault.impact, help: fault.help,
  places: fault.nodes.map(node => node.target.join(" ") + " | " + node.failureSummary),
})))"""

# Drawings a page asks for that the sprite does not have.
MISSING_ICONS = """async () => {
  const uses = [...document.querySelectorAll("svg use")].map(use => use.getAttribute("href").split("#"));
  const missing = [];
  for (const sprite of new Set(uses.map(([address]) => address))) {
    const drawn = (await (await fetch(sprite)).text()).matchAll(/<symbol id="([^"]+)"/g);
    const names = new Set([...drawn].map(match => match[1]));
    const wanted = uses.filter(([address]) => address === sprite).map(([, name]) => name);
    missing.push(...wanted.filter(name => !names.has(name)));
  }
  return [...new Set(missing)];
}"""

# What reaches past the right edge of the window.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > width + 0.5)
    .map(element => element.tagName.toLowerCase() + "." + element.className + " " +
      Math.round(element.getBoundingClientRect().right));
}"""

_glyphs_seen = False


class BrowserNotReady(RuntimeError):
    """The browser could not be prepared; the message says which step failed and what it printed."""


def prepare() -> Path:
    """Install and unpack the browser if that is not done yet; return its executable.

    Raises:
        BrowserNotReady: a step failed.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    executable = HOME / "unpacked/chromium"
    fingerprint = hashlib.sha256(b"".join(path.read_bytes() for path in NPM_FILES)).hexdigest()
    stamp = HOME / "ready"
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (stamp.exists() and stamp.read_text() == fingerprint):
            stamp.unlink(missing_ok=True)
            _install()
            _unpack()
            _write_font_configuration()
            stamp.write_text(fingerprint)
    return executable


@contextmanager
def launch(**options: Any) -> Iterator[Browser]:
    """Start the browser for the time of the block; ``options`` go to Playwright's ``launch``.

    Raises:
        BrowserNotReady: it cannot be installed or started, or draws no Chinese characters.
    """
    executable = prepare()
    arguments = ["--font-render-hinting=none", *options.pop("args", [])]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    # Playwright brings a node that wants libatomic, which bare machines lack; ours wants nothing.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).parent / "node"))
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable, args=arguments, env=_environment(), **options
            )
        except Exception as error:
            raise BrowserNotReady(f"Chromium did not start ({executable}):\n{error}") from error
        try:
            _require_chinese_glyphs(browser)
            yield browser
        finally:
            browser.close()


def axe(page: Page, rules: list[str] | None = None, *, but: list[str] | None = None) -> list[dict[str, Any]]:
    """Faults axe-core finds on the page under WCAG 2.0 to 2.2, levels A and AA; none is an empty list.

    ``rules`` asks for these rules only, ``but`` for all others.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate((HOME / "node_modules/axe-core/axe.min.js").read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    asked = {
        "runOnly": only,
        "rules": {rule: {"enabled": False} for rule in but or []},
        "resultTypes": ["violations"],  # of what passes, places are not worked out
        "preload": {"assets": ["media"]},  # no rule of these levels reads style sheets
    }
    found: list[dict[str, Any]] = page.evaluate(AXE_RUN, asked)
    return found


def overflow(page: Page) -> list[dict[str, Any]]:
    """What makes the page wider than its window, in the form of ``axe``."""
    places = page.evaluate(OVERFLOW)
    return [_fault("overflow", "The page is wider than its window", places)] if places else []


def missing_icons(page: Page) -> list[dict[str, Any]]:
    """Icons that the built sprite does not have, in the form of ``axe``."""
    places = page.evaluate(MISSING_ICONS)
    return [_fault("missing-icon", "The sprite has no such icon", places)] if places else []


def _fault(rule: str, words: str, places: list[str]) -> dict[str, Any]:
    return {"rule": rule, "impact": "serious", "help": words, "places": places}


def _install() -> None:
    for path in NPM_FILES:
        shutil.copy(path, HOME / path.name)
    _run("npm ci", "npm", "ci", "--no-progress")


def _unpack() -> None:
    target = HOME / "unpacked"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    archives = [str(HOME / "node_modules/@sparticuz/chromium/bin" / name) for name in ARCHIVES]
    _run("unpacking Chromium", "node", "unpack.mjs", *archives, TMPDIR=str(target))


def _write_font_configuration() -> None:
    fonts = HOME / "node_modules/@expo-google-fonts/noto-sans-sc"
    text = FONTS_CONF.format(fonts=fonts, cache=HOME / "fontcache")
    (HOME / "fonts.conf").write_text(text, encoding="utf-8")


def _run(step: str, program: str, *arguments: str, **extra: str) -> None:
    """Run node or npm of the Python environment, with the machine's proxy and certificate settings."""
    tools = Path(sys.executable).parent
    path = f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, "TMPDIR": str(_scratch()), **extra}
    done = subprocess.run(
        [tools / program, *arguments], cwd=HOME, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BrowserNotReady(f"{step} failed in {HOME}:\n{done.stdout}{done.stderr}")


def _scratch() -> Path:
    scratch = HOME / "scratch"
    scratch.mkdir(exist_ok=True)
    return scratch


def _environment() -> dict[str, str]:
    """What the browser's process sees: its own libraries, fonts and scratch folder."""
    scratch = _scratch()
    return {
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "TZ": "Asia/Shanghai",
        "LANG": "C.UTF-8",  # without it, a download with a Chinese name is called "download"
        "LD_LIBRARY_PATH": str(HOME / "unpacked/al2023/lib"),
        "FONTCONFIG_FILE": str(HOME / "fonts.conf"),
    }


def _require_chinese_glyphs(browser: Browser) -> None:
    """Without fonts pages are blank and nothing complains, so look once."""
    global _glyphs_seen  # noqa: PLW0603  once a process is enough, and the answer cannot change
    if _glyphs_seen:
        return
    page = browser.new_page()
    many_strokes, one_stroke = page.evaluate(DRAWN)
    page.close()
    if not many_strokes > one_stroke > 0:
        raise BrowserNotReady(f"No Chinese characters are drawn; see {HOME / 'fonts.conf'}")
    _glyphs_seen = True
