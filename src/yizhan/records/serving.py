"""Handing a stored file to a browser so that nothing in it can act on anybody's behalf."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from yizhan.records import files
from yizhan.records.fonts import FontsMissing
from yizhan.records.models import StoredFile
from yizhan.records.press_faults import PressBusy, TemplateTooHeavy, TypesettingFailed
from yizhan.records.shelf import Made
from yizhan.ui import errors

Answer = TypeVar("Answer", bound=HttpResponseBase)
PDF = "application/pdf"
_SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# The PDF viewers of Chromium and Safari do not start in a sandbox, whatever it allows. A PDF stays one by its
# fixed type and nosniff, and was looked into when it came.
_OPENED = "frame-ancestors 'self'"

# Whoever reads these can mend nothing here: what is broken stands in the log, for those who can.
_NOT_MADE = _("这份 PDF 没有生成")
_ELSEWHERE = _("急需的，请拨打服务热线，或者到就近的服务站办理。")
_BUSY = errors.Explanation(
    _NOT_MADE,
    _("现在等候生成 PDF 的人较多，没有轮到您。"),
    errors.NOTHING_CHANGED,
    _("请过一两分钟再试；急需的，请拨打服务热线，或者到就近的服务站。"),
)
_TOO_HEAVY = errors.Explanation(
    _NOT_MADE, _("内容太多，在限定的时间内没有排完。故障已经记录。"), errors.NOTHING_CHANGED, _ELSEWHERE
)
_BROKEN = errors.Explanation(
    _NOT_MADE, _("生成 PDF 的功能出了故障，已经记录，由管理员处理。"), errors.NOTHING_CHANGED, _ELSEWHERE
)
_AGAIN_IN = 60  # seconds
logger = logging.getLogger(__name__)


def response(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file, as a download or to be looked at in the browser.

    It runs no script, loads nothing from elsewhere, and stays in no cache. Whether this person may see it,
    and the line in the access log, is for the caller.

    Raises:
        FileNotFoundError: it was swept.
    """
    answer = FileResponse(files.open_for_reading(file), content_type=file.media_type)
    answer["Content-Length"] = str(file.size)
    answer["Content-Disposition"] = disposition(file.name, inline=inline)
    answer["Content-Security-Policy"] = _OPENED if inline and file.media_type == PDF else _SEALED
    answer["Cache-Control"] = "private, no-store"
    return _guarded(answer)


def made(request: HttpRequest, make: Callable[[], Made]) -> HttpResponse:
    """A PDF that is made when somebody asks, to be looked at; where it cannot be made, a page that says what to do.

    How long a browser may keep it is for the caller.
    """
    try:
        one = make()
    except (FontsMissing, TypesettingFailed) as fault:
        logger.warning("a PDF could not be made: %s", fault)
        return _not_made(request, fault)
    answer = HttpResponse(one.content, content_type=PDF)
    answer["Content-Disposition"] = disposition(one.name, inline=True)
    answer["Content-Security-Policy"] = _OPENED
    return _guarded(answer)


def _not_made(request: HttpRequest, fault: Exception) -> HttpResponse:
    if isinstance(fault, PressBusy):
        answer = errors.page(request, 503, _BUSY)
        answer["Retry-After"] = str(_AGAIN_IN)
        return answer
    return errors.page(request, 503, _TOO_HEAVY if isinstance(fault, TemplateTooHeavy) else _BROKEN)


def _guarded(answer: Answer) -> Answer:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def disposition(name: str, *, inline: bool = False) -> str:
    """The header with the name: plain ASCII for old programs, UTF-8 for all others (RFC 6266, RFC 8187)."""
    how = "inline" if inline else "attachment"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
