"""Choosing who to be, and reading the messages that would have left."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.demo import personas
from yizhan.demo.officials import OFFICIALS
from yizhan.identity import sessions
from yizhan.identity.doors import public
from yizhan.identity.models import Account
from yizhan.notices import sink


@public
def people(request: HttpRequest) -> HttpResponse:
    """Some thirty people, one click each 以谁的身份试用; of residents also the number that a window clerk asks for."""
    phones = [one.phone for one in personas.RESIDENTS]
    known = Account.objects.filter(kind=Account.Kind.CITIZEN, phone__in=phones)
    numbers = dict(known.values_list("phone", "document_number"))
    context = {"residents": personas.RESIDENTS, "officials": OFFICIALS, "numbers": numbers}
    return render(request, "demo/people.jinja", context)


@public
@require_POST
def become(request: HttpRequest, key: str) -> HttpResponse:
    """Log in as one of them."""
    try:
        account = personas.account(key)
    except (KeyError, Account.DoesNotExist) as nobody:
        raise Http404 from nobody
    sessions.log_in(request, account, excused=True)
    messages.success(request, _("您现在是%(name)s。") % {"name": account.name})
    return redirect("desk:home" if account.is_staff_member else "portal:home")


@public
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages that would have left the district 演示信箱."""
    return render(request, "demo/outbox.jinja", {"messages_sent": sink.recent()})
