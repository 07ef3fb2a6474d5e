"""What the register says of the value to which somebody objects 被提出异议的登记内容: for the form of the objection."""

from __future__ import annotations

from yizhan.forms.paths import Data, get
from yizhan.registry import file, objecting
from yizhan.registry.catalogue import CATEGORIES, CATEGORY_OF
from yizhan.registry.facts import Fact
from yizhan.registry.purposes import Purpose
from yizhan.ui.language import local

SOURCE = "objection"
SAYS, MATTER = "objection.says", "objection.matter"
KEYS = (MATTER, SAYS)
KEY, WANTED = "objection.key", "objection.wanted"
"""The questions of the form that say to which value, and what it should be."""


def chosen(data: Data) -> str:
    """The key of the value that was chosen; empty before one is."""
    key = get(data, KEY)
    return key if isinstance(key, str) and key in CATEGORY_OF else ""


def known(subject: str, key: str, *, purpose: Purpose) -> dict[str, Fact]:
    """What is known of the chosen value, in words; nothing before one is chosen."""
    if not key:
        return dict.fromkeys(KEYS, Fact(None, None, None, masked=False))
    now = objecting.registered(subject, key, purpose=purpose)
    matter = f"{local(CATEGORIES[CATEGORY_OF[key]][0])} · {file.title_of(key)}"
    return {
        MATTER: Fact(matter, None, None, masked=False),
        SAYS: Fact(now.words, now.title if now.as_of else None, now.as_of, masked=False),
    }
