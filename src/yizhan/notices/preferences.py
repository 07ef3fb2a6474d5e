"""What people want to be told through 接收偏好."""

from __future__ import annotations

from yizhan.notices.models import Channel, Preference

CHOICES = (Channel.SMS, Channel.MAIL)


def of(account: int) -> dict[str, bool]:
    """For every channel that can be switched off: whether the account wants it."""
    chosen = dict(Preference.objects.filter(account=account).values_list("channel", "wanted"))
    return {channel.value: chosen.get(channel.value, True) for channel in CHOICES}


def choose(account: int, channel: str, *, wanted: bool) -> None:
    """Switch a channel on or off.

    Raises:
        ValueError: the channel is unknown, or is the inbox, where decisions are delivered.
    """
    if channel not in {choice.value for choice in CHOICES}:
        raise ValueError(f"{channel} cannot be switched")
    Preference.objects.update_or_create(account=account, channel=channel, defaults={"wanted": wanted})
