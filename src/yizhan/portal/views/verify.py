"""Verifying a paper, for anybody who holds it 文书核验: by its code, by the file, by both."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.identity.doors import public
from yizhan.portal import pace, words
from yizhan.records import uploading
from yizhan.seals import verdicts, verifying
from yizhan.seals.examiners import TooLong
from yizhan.seals.verifying import Verified

_AN_HOUR = 60
_FACTORS_AN_HOUR = 10
_LONGEST_CODE = 60


class Unread(Exception):
    """Why nothing could be said of the file; the words are for whoever sent it."""


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or take a file whose code nobody has."""
    if request.method == "POST":
        return _answered(request, "")
    code = words.plain(request.GET.get("code", ""), _LONGEST_CODE)
    if code.strip("/ -."):  # dots alone would be a folder of the address
        return redirect("portal:verified", code.replace("/", ""))
    error = _("请填写核验码") if "code" in request.GET else ""
    return _asked(request, error=error)


@public
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What the code says; with the file and the digits on the paper, more."""
    return _answered(request, code)


@public
@csrf_exempt  # nobody is signed in, and nothing is changed
@require_POST
def data(request: HttpRequest) -> JsonResponse:
    """The same for programs: ``code``, ``digits``, ``file``; at least a code or a file."""
    code = words.plain(request.POST.get("code", ""), _LONGEST_CODE)
    if not code and "file" not in request.FILES:
        return JsonResponse({"error": _("请给出核验码或者文件")}, status=422)
    pace.count(request, "verify", most=_AN_HOUR)
    try:
        found = _found(request, code)
    except Unread as fault:
        return JsonResponse({"error": str(fault)}, status=422)
    paper = found.paper
    told = {
        "state": paper.state,
        "title": paper.title,
        "number": paper.number,
        "issuer": paper.issuer,
        "issued_at": paper.issued_at,
        "holder": paper.holder,
        "withdrawn_at": paper.withdrawn_at,
        "answers": {line.key: {"state": line.state, "words": line.words} for line in verdicts.lines(found)},
    }
    return JsonResponse(told, status=404 if paper.state == "unknown" and found.examined is None else 200)


def _answered(request: HttpRequest, code: str) -> HttpResponse:
    pace.count(request, "verify", most=_AN_HOUR)
    error, found = "", None
    try:
        if request.method == "POST" and not code and "file" not in request.FILES:
            raise Unread(_refusal(request) or _("请选择要核验的 PDF 文件"))
        found = _found(request, code)
    except Unread as fault:
        error = str(fault)
    if found is None and not code:
        return _asked(request, file_error=error)
    found = found or verifying.by_code(code)
    typed = _digits(request)
    context = {
        "found": found,
        "paper": found.paper,
        "lines": verdicts.lines(found),
        "code": code,
        "error": error,
        "digits_error": _("查验码不对，请照文书上印的六位数字填写")
        if typed and not found.paper.unmasked
        else "",
    }
    unknown = found.paper.state == "unknown" and found.examined is None
    status = 422 if error or context["digits_error"] else 404 if unknown else 200
    return render(request, "portal/verify/show.jinja", context, status=status)


def _asked(request: HttpRequest, *, error: str = "", file_error: str = "") -> HttpResponse:
    context = {"error": error, "file_error": file_error}
    return render(request, "portal/verify/ask.jinja", context, status=422 if error or file_error else 200)


def _found(request: HttpRequest, code: str) -> Verified:
    """What is asked for, with what was sent along.

    Raises:
        Unread: the file could not be examined.
    """
    digits = _digits(request)
    if digits:
        pace.count(request, "verify-digits", most=_FACTORS_AN_HOUR, at=code)
    upload = request.FILES.get("file")
    if upload is None:
        if refused := _refusal(request):
            raise Unread(refused)
        return verifying.by_code(code, digits)
    assert isinstance(upload, UploadedFile)
    try:
        return verifying.with_file(upload.read(), code, digits)
    except TooLong as fault:
        raise Unread(str(fault)) from fault


def _digits(request: HttpRequest) -> str:
    return words.plain(request.POST.get("digits", ""), 12).replace(" ", "")


def _refusal(request: HttpRequest) -> str:
    """Why an upload was not taken; empty where none was tried."""
    dropped = uploading.refused(request).get("file")
    return str(dropped) if dropped else ""
