"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from yizhan.portal.views import (
    account,
    apply,
    cases,
    companies,
    items,
    login,
    mailbox,
    messages,
    pages,
    payments,
    rating,
    robots,
    supplement,
    verify,
)

app_name = "portal"
urlpatterns = [
    path("", items.home, name="home"),
    path("items", items.index, name="items"),
    path("items/<slug:code>", items.guide, name="guide"),
    path("items/<slug:code>/apply", apply.begin, name="begin"),
    path("drafts/<uuid:draft>", apply.resume, name="resume"),
    path("drafts/<uuid:draft>/check", apply.check, name="check"),
    path("drafts/<uuid:draft>/submit", apply.submit, name="submit"),
    path("drafts/<uuid:draft>/discard", apply.discard, name="discard"),
    path("drafts/<uuid:draft>/pages/<slug:key>", apply.page, name="page"),
    path("receipts/<str:number>", cases.receipt, name="receipt"),
    path("progress", cases.query, name="progress"),
    path("cases/<str:number>", cases.case, name="case"),
    path("cases/<str:number>/supplement", supplement.overview, name="supplement"),
    path("cases/<str:number>/supplement/<slug:key>", supplement.page, name="mend"),
    path("cases/<str:number>/withdraw", cases.withdraw, name="withdraw"),
    path("cases/<str:number>/papers/<uuid:paper>", cases.paper, name="paper"),
    path("cases/<str:number>/files/<uuid:file>", cases.file, name="file"),
    path("my", account.mine, name="mine"),
    path("my/real-name", account.real_name, name="real_name"),
    path("my/real-name/<slug:code>", account.real_name, name="real_name"),
    path("my/messages", messages.index, name="messages"),
    path("my/messages/<uuid:message>", messages.show, name="message"),
    path("my/channels", messages.channels, name="channels"),
    path("login", login.login, name="login"),
    path("login/code", login.code, name="login_code"),
    path("logout", login.logout, name="logout"),
    path("verify", verify.ask, name="verify"),
    path("verify/<str:code>", verify.show, name="verified"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("privacy", pages.privacy, name="privacy"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap", pages.sitemap, name="sitemap"),
    *mailbox.mailbox_urls,
    *rating.rating_urls,
    *payments.payments_urls,
    *companies.companies_urls,
]
