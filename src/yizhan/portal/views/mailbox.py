"""The address to which messages also go by mail 电子邮箱: typed, confirmed from the mailbox, given up."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.identity.accounts import mailbox
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Known
from yizhan.notices import mail_link
from yizhan.notices.mail_link import MailNotSent
from yizhan.portal import late, pace
from yizhan.portal.doors import own
from yizhan.registry import contacts
from yizhan.registry.contacts import Kind
from yizhan.registry.faults import Refused as RegistryRefused
from yizhan.registry.links import person_of
from yizhan.ui.addressing import url

_MAILS_AN_HOUR = 10


@late.comes_back(again="portal:mail")
@own
@require_http_methods(["GET", "POST"])
def address(request: Known) -> HttpResponse:
    """Ask for the address; a link is sent to it."""
    typed = request.user.email
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        typed = request.POST.get("address", "").strip()[: mailbox.LONGEST + 1]
        try:
            key = mailbox.claim(request.user, typed)
            pace.count(request, "mail", most=_MAILS_AN_HOUR)
            mail_link.send_link(typed, settings.PUBLIC_ADDRESS + url("portal:mail_confirm", key))
        except (Refused, MailNotSent) as fault:
            errors = [("address", str(fault))]
        else:
            told = _("确认邮件已发往 %(address)s，请在 24 小时内打开邮件里的链接。")
            messages.success(request, told % {"address": typed})
            return redirect("portal:channels")
    context = {"typed": typed, "errors": errors}
    return render(request, "portal/messages/mail.jinja", context, status=422 if errors else 200)


@own
@require_http_methods(["GET", "POST"])
def confirm(request: Known, key: str) -> HttpResponse:
    """The page behind the link: the address, and a button.

    Mail programs open links by themselves, so opening it changes nothing.
    """
    try:
        if request.method == "POST":
            mailbox.confirm(request.user, key)
            _noted(request, request.user.email)
            messages.success(request, _("邮箱已确认，今后的办事通知也会发到邮箱。"))
            return redirect("portal:channels")
        context = {"address": mailbox.claimed(request.user, key)}
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("portal:mail")
    return render(request, "portal/messages/mail_confirm.jinja", context)


@own
@require_POST
def give_up(request: Known) -> HttpResponse:
    """Have no mail sent any more."""
    mailbox.give_up(request.user)
    if (subject := person_of(request.user)) is not None:
        contacts.given_up(subject, Kind.MAIL)
    messages.success(request, _("邮箱已删除，不再发送邮件。"))
    return redirect("portal:channels")


def _noted(request: Known, address: str) -> None:
    """The address becomes the person's own in the register too, where it is known who it is."""
    subject = person_of(request.user)
    if subject is None or not address:
        return
    try:
        contacts.proved(contacts.name(subject, Kind.MAIL, address, by=request.actor.key))
    except RegistryRefused:  # the same as before
        return


mailbox_urls = [
    path("my/mail", address, name="mail"),
    path("my/mail/confirm/<str:key>", confirm, name="mail_confirm"),
    path("my/mail/delete", give_up, name="mail_give_up"),
]
