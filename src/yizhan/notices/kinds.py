"""What packs may bring to this room: the texts of their messages."""

from __future__ import annotations

from yizhan.notices.wording import Wordings
from yizhan.releases.kinds import Kind, announce

MESSAGES = announce(
    Kind(
        name="messages",
        folder="",
        suffix="messages.yaml",
        model=Wordings,
        purpose=("通知文字：渠道、占位项、中英文", "Messages: channels, places, texts in both languages"),
    )
)
