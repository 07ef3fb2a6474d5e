"""Findings in words 验章结论用语, for pages and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as lazy

from yizhan.seals.found import Why

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

WHY: Mapping[Why, StrPromise] = MappingProxyType(
    {
        Why.NOT_A_PDF: lazy("这不是可以读取的 PDF 文件"),
        Why.ENCRYPTED: lazy("文件加了密，无法核验；签发的文书都不加密"),
        Why.DAMAGED: lazy("文件已损坏，签名无法读取"),
        Why.TOO_LARGE: lazy("文件过大，签发的文书不超过 50 MB"),
        Why.TOO_MANY: lazy("文件的签名、修订或对象过多，不是签发的文书"),
        Why.UNKNOWN_KIND: lazy("文件上有不受支持的签名格式，无法核验"),
        Why.UNSEALED: lazy("文件上没有电子印章"),
        Why.ALTERED: lazy("盖章之后内容被改动过"),
        Why.CHANGED_AFTER: lazy("盖章之后文件被追加了内容"),
        Why.APPENDED: lazy("文件末尾多出了印章没有覆盖的内容"),
        Why.NOT_COVERED: lazy("印章没有覆盖整份文件"),
        Why.BAD_SIGNATURE: lazy("签名与证书不符"),
        Why.UNTRUSTED: lazy("签章证书不是本区证书认证签发的"),
        Why.EXPIRED: lazy("盖章时签章证书已过有效期"),
        Why.NOT_YET_VALID: lazy("盖章时签章证书尚未生效"),
        Why.REVOKED: lazy("盖章时签章证书已被撤销"),
        Why.REVOCATION_UNKNOWN: lazy("无法确认盖章时签章证书是否已被撤销"),
        Why.WRONG_PURPOSE: lazy("证书不是用于盖章的证书"),
        Why.WEAK: lazy("签名所用的算法已不安全"),
        Why.MIXED: lazy("签名混用了国密算法和其他算法"),
        Why.UNTRUSTED_TIME: lazy("时间戳不可信，不能证明盖章时间"),
        Why.TIME_OF_OTHER_BYTES: lazy("时间戳证明的不是这次盖章"),
        Why.UNSUPPORTED: lazy("本机不能核验国密签章"),
    }
)
"""What each reason means to whoever holds the paper."""
