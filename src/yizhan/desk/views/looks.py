"""Who looked at personal data, and why 查阅记录; for the audit administrator."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from yizhan.desk.standing import AUDIT
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.insight import looks

_LONGEST = 60
_DIGITS = 18


@staff(AUDIT)
def index(request: Known) -> HttpResponse:
    """The log, newest first; of one member of staff, or for one case, if asked."""
    who, case, below = (request.GET.get(name, "").strip() for name in ("who", "case", "below"))
    who, case = who[:_LONGEST], case[:_LONGEST].upper()
    known = below.isascii() and below.isdecimal() and len(below) <= _DIGITS
    page = looks.page(request.actor, who=who, case=case, below=int(below) if known else None)
    context = {"page": page, "who": who, "case": case, "first": not known, "here": "desk:looks"}
    return render(request, "desk/admin/looks.jinja", context)


@staff(*looks.WATCHERS)
def marked(request: Known) -> HttpResponse:
    """Looks at protected persons, at colleagues, at relatives and oneself 须关注的查阅, newest first."""
    below = request.GET.get("below", "").strip()
    known = below.isascii() and below.isdecimal() and len(below) <= _DIGITS
    page = looks.page(request.actor, marked_only=True, below=int(below) if known else None)
    context = {"page": page, "who": "", "case": "", "first": not known, "here": "desk:marked_looks"}
    return render(request, "desk/admin/looks.jinja", context)
