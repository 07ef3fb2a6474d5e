"""Verifying a paper by its code, for anybody who holds it 文书核验."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.identity.doors import public
from yizhan.portal import pace, words
from yizhan.records import uploading, verification
from yizhan.records.refusals import TooLarge

_AN_HOUR = 60
_LONGEST_CODE = 60


@public
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    code = words.plain(request.GET.get("code", ""), _LONGEST_CODE)
    if code.strip("/ -."):  # dots alone would be a folder of the address
        return redirect("portal:verified", code.replace("/", ""))
    error = _("请填写核验码") if "code" in request.GET else ""
    return render(request, "portal/verify/ask.jinja", {"error": error}, status=422 if error else 200)


@public
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What the code says; with the file, whether it is the one that was issued."""
    pace.count(request, "verify", most=_AN_HOUR)
    found = verification.verify(code)
    same, error = _compared(request, code) if request.method == "POST" else (None, "")
    context = {"found": found, "code": code, "same": same, "error": error}
    status = 422 if error else 404 if found.state == "unknown" else 200
    return render(request, "portal/verify/show.jinja", context, status=status)


def _compared(request: HttpRequest, code: str) -> tuple[bool | None, str]:
    """Whether the uploaded file is the issued one; and why that cannot be said."""
    upload = request.FILES.get("file")
    if upload is None:
        dropped = uploading.refused(request).get("file")
        return None, str(dropped) if dropped else _("请选择要比对的 PDF 文件")
    try:
        return verification.matches(code, cast(BinaryIO, upload)), ""
    except TooLarge as refusal:
        return None, str(refusal)
