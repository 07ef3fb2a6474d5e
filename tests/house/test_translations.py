"""Chinese in the source, English complete: nothing missing, nothing stale, no page mixes the two."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.house import tree

HAN = re.compile(r"[\u3400-\u9fff]")
_SAID = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_GETTEXT = {"_": None, "gettext": None, "gettext_lazy": None, "lazy": None, "gettext_noop": None, "pgettext": ((1, "c"), 2),
            "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}  # fmt: skip
_PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")


def said(room: str) -> dict[str, set[str]]:
    """Every text of a room that people read, and where it stands."""
    found: dict[str, set[str]] = {}
    for path in sorted((tree.SOURCE / room).rglob("*")):
        if not path.is_file() or {"tests", "migrations"} & set(path.parts):
            continue
        method = "python" if path.suffix == ".py" else "jinja2" if "jinja2" in path.parts else None
        if method is None:
            continue
        options = {"extensions": "jinja2.ext.i18n", "trimmed": "true"} if method == "jinja2" else {}
        with path.open("rb") as file:
            for line, message, *_ in extract(method, file, keywords=_GETTEXT, options=options):
                for text in message if isinstance(message, tuple) else (message,):
                    if text and _SAID.search(text):
                        found.setdefault(text, set()).add(f"{tree.name(path)}:{line}")
    return found


def catalogue(room: str) -> Catalog:
    """A room's translations into English; empty for a room that says nothing."""
    path = tree.SOURCE / room / "locale/en/LC_MESSAGES/django.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def english(room: str) -> dict[str, str]:
    """A room's English, by its Chinese."""
    texts: dict[str, str] = {}
    for message in catalogue(room):
        if message.id:
            assert "fuzzy" not in message.flags, f"{room}: {message.id}"
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            texts.update(
                dict(zip(ids, strings if len(strings) == len(ids) else strings * len(ids), strict=False))
            )
    return texts


@pytest.mark.parametrize("room", tree.rooms())
def test_english_is_complete_and_nothing_is_stale(room):
    spoken, translated = said(room), english(room)
    missing = [f"{sorted(where)[0]} {text}" for text, where in spoken.items() if not translated.get(text)]
    assert missing == [], "no English for"
    assert sorted(set(translated) - set(spoken)) == [], "translated but never said"


def test_a_text_has_the_same_english_in_every_room():
    """Rooms share one catalogue when pages are made; of two translations one would win everywhere."""
    known: dict[tuple[str | None, str], dict[str, list[str]]] = {}
    for room in tree.rooms():
        for message in catalogue(room):
            if message.id and isinstance(message.string, str):
                known.setdefault((message.context, message.id), {}).setdefault(message.string, []).append(
                    room
                )
    assert [{text: found} for (_, text), found in known.items() if len(found) > 1] == []


@pytest.mark.parametrize("room", tree.rooms())
def test_english_is_english_and_keeps_the_placeholders(room):
    for text, translation in english(room).items():
        assert not HAN.search(translation), f"{room}: Chinese in the English of {text!r}"
        wanted = set(_PLACEHOLDER.findall(text))
        assert set(_PLACEHOLDER.findall(translation)) == wanted, f"{room}: placeholders of {text!r}"


@pytest.mark.parametrize("room", tree.rooms())
def test_a_text_stands_once_in_its_catalogue(room):
    """Of two entries the later wins, and nobody sees which."""
    path = tree.SOURCE / room / "locale/en/LC_MESSAGES/django.po"
    entries = path.read_text(encoding="utf-8").split("\n\n") if path.exists() else []
    found = [re.findall(r"^msg(?:ctxt|id) .*$", entry, re.MULTILINE) for entry in entries]
    keys = [tuple(one) for one in found if one]
    assert [key for key in set(keys) if keys.count(key) > 1] == []


# Where Chinese is data or the subject itself, not a text for people.
_CHINESE_IS_DATA = {"hanzi", "demo", "codes", "calendar"}
_ELSEWHERE_TOO = {
    "src/yizhan/settings.py",  # a language's own name
    "src/yizhan/releases/scaffold.py",  # a new pack's README, in both languages at once
    "src/yizhan/keys/subjects.py",  # names that certificates bear
    "src/yizhan/notices/wording.py",  # a character to measure the longest SMS with
    "src/yizhan/records/kinds.py",  # an example of an issuer, to try a template with
}


def unspoken(path: Path) -> Iterator[str]:
    """Chinese in Python that would reach people without passing through gettext."""
    nodes = list(ast.walk(tree.syntax(path)))
    allowed = {id(part) for node in nodes for part in _allowed(node)}
    for node in nodes:
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and HAN.search(text) and id(node) not in allowed:
            yield f"{tree.name(path)}:{node.lineno} {text[:40]!r}"


def _allowed(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings; a room's name for programmers; what goes through gettext or stands beside its English."""
    if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) or (
        isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "verbose_name"
    ):
        yield node.value
    elif (
        (isinstance(node, ast.Call) and (_called(node) in _GETTEXT or _both_languages(node)))
        or (isinstance(node, ast.Dict) and {"zh", "en"} <= {getattr(k, "value", None) for k in node.keys})
        or (isinstance(node, ast.Tuple) and _chinese_then_english(node))
    ):
        yield from ast.walk(node)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _both_languages(call: ast.Call) -> bool:
    return {"zh", "en"} <= {keyword.arg for keyword in call.keywords}


def _chinese_then_english(pair: ast.Tuple) -> bool:
    texts = [
        part.value for part in pair.elts if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return len(texts) == 2 and bool(HAN.search(texts[0])) and not HAN.search(texts[1])


def test_no_chinese_in_python_bypasses_translation():
    found = [
        place
        for path in tree.python_files()
        if path.relative_to(tree.SOURCE).parts[0] not in _CHINESE_IS_DATA
        and tree.name(path) not in _ELSEWHERE_TOO
        for place in unspoken(path)
    ]
    assert found == []


_BLOCKS = re.compile(r"\{#.*?#\}|\{%-?\s*trans.*?endtrans\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def test_no_chinese_in_templates_bypasses_translation():
    found = []
    for path in tree.templates():
        text = path.read_text(encoding="utf-8")
        outside = _BLOCKS.sub(lambda m: "\n" * m.group().count("\n"), text)
        for number, line in enumerate(outside.splitlines(), 1):
            if HAN.search(re.sub(r'<(\w+)[^>]*\blang="zh[^"]*"[^>]*>.*?</\1>', "", line)):
                found.append(f"{tree.name(path)}:{number} {line.strip()[:60]}")
    assert found == []
