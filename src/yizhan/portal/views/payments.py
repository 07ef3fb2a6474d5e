"""What is paid to me 我的待遇."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from yizhan.identity.middleware import Known
from yizhan.payments import mine
from yizhan.portal.doors import own


@own
def index(request: Known) -> HttpResponse:
    """One's benefits: months paid, the next pay day, the account masked."""
    context = {"benefits": mine.of(request.actor)}
    return render(request, "portal/account/payments.jinja", context)


payments_urls = [path("my/payments", index, name="payments")]
