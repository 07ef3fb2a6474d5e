"""What packs may bring to this room: the texts of their messages."""

from __future__ import annotations

from yizhan.notices.wording import Wordings
from yizhan.releases.kinds import Kind, announce
from yizhan.releases.pack import Pack
from yizhan.workflow import references

MESSAGES = announce(
    Kind(
        name="messages",
        folder="",
        suffix="messages.yaml",
        model=Wordings,
        purpose=("通知文字：渠道、占位项、中英文", "Messages: channels, places, texts in both languages"),
    )
)


def _keys(pack: Pack) -> set[str] | None:
    """The messages of a pack; None while their file cannot be read."""
    if pack.broken.get("messages"):
        return None
    files = (source.model for source in pack.of("messages").values())
    return {key for file in files if isinstance(file, Wordings) for key in file.messages}


references.announce("template", _keys)
