"""The product's time stamps for pyHanko used directly."""

from __future__ import annotations

from asn1crypto import cms
from pyhanko.sign.timestamps import TimeStamper

from yizhan.seals.stamps import TimeAuthority


class Clock(TimeStamper):
    """Asks within the process."""

    def __init__(self, gives: TimeAuthority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._gives = gives

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A stamp."""
        return cms.ContentInfo.load(self._gives(message_digest, md_algorithm))
