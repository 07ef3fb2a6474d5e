"""Why no pages were made 未能排版: what Typst or the press said, as errors that callers can tell apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yizhan.records import page_refusals

# PDF/A allows no missing glyph, so the check is Typst's own; it names the character.
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class TypesettingFailed(Exception):
    """No pages were made."""


class TemplateBroken(TypesettingFailed):
    """Typst refused the template; ``line`` is counted in the template."""

    def __init__(self, message: str, line: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


class CharacterMissing(TypesettingFailed):
    """A character that no font has. A box in somebody's name is no name, so no paper is made with one."""

    def __init__(self, character: str) -> None:
        self.character = character
        shown = "".join(one if one.isprintable() else f"\\u{{{ord(one):x}}}" for one in character)
        super().__init__(
            _("字库中没有“%(character)s”字，文书没有生成。请补装含此字的字体（YIZHAN_FONTS）后重试")
            % {"character": shown}
        )


class TemplateTooHeavy(TypesettingFailed):
    """The template ran longer or grew larger than it may."""


class PressBusy(TypesettingFailed):
    """Others' sheets took so long that this one's turn did not come; nothing is wrong with it."""

    def __init__(self) -> None:
        super().__init__(_("排版任务较多，没有等到空闲"))


def fault(words: Mapping[str, Any]) -> TypesettingFailed:
    """What the press said of a sheet that it could not set."""
    missing = _MISSING.search(words["fault"])
    if missing:
        return CharacterMissing(_ESCAPED.sub(lambda one: chr(int(one[1], 16)), missing[1]))
    return TemplateBroken(
        page_refusals.reason(words["fault"]) or words["fault"], words["line"], "; ".join(words["hints"])
    )
