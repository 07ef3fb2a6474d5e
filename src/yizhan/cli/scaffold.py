"""``packs new``: a small pack that is whole, with comments that teach; made from the files of ``new_pack/``."""

from __future__ import annotations

import json
import re
from pathlib import Path

from yizhan.cli.speech import Fault
from yizhan.releases.words import KEY_PATTERN

_FILES = Path(__file__).with_name("new_pack")
_ITEM = "items/item.yaml"


def new(root: Path, code: str, *, title: str, title_en: str, unit: str) -> Path:
    """Make the folder of a new pack; it passes ``packs check``, and can be published at once.

    Raises:
        Fault: the code is not ``lower_case``, or a pack of that code is there already.
    """
    if re.fullmatch(KEY_PATTERN, code) is None:
        raise Fault(
            en=f"A pack's code has lower-case letters, digits and underscores, and begins with a letter: {code}",
            zh=f"应用包代码只能用小写字母、数字和下划线，并以字母开头：{code}",
        )
    folder = root / code
    if folder.exists():
        raise Fault(en=f"There is a pack {code} already.", zh=f"已有应用包 {code}。")
    for source in sorted(_FILES.rglob("*")):
        if source.is_file():
            name = source.relative_to(_FILES).as_posix()
            target = folder / (f"items/{code}.yaml" if name == _ITEM else name)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = _filled(source.read_text(encoding="utf-8"), code, title, title_en, unit)
            target.write_text(text, encoding="utf-8")
    return folder


def _filled(text: str, code: str, title: str, title_en: str, unit: str) -> str:
    """The text with its places filled; a title is quoted, whatever signs it has."""
    inside = {"title_plain": _inside(title), "title_en_plain": _inside(title_en), "code": code}
    quoted = {"title": _quoted(title), "title_en": _quoted(title_en), "unit": _quoted(unit)}
    places = {**inside, **quoted}
    return re.sub(r"<<(\w+)>>", lambda place: places[place[1]], text)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _inside(words: str) -> str:
    """As it stands between double quotes."""
    return _quoted(words)[1:-1]
