"""Addresses of identity. Names without a prefix are those by which allauth's flows find their pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from yizhan.identity import views
from yizhan.identity.doors import public, staff, with_session

View = Callable[..., HttpResponseBase]


def _page(where: str, view: View, name: str) -> URLPattern:
    return path(f"staff/{where}", view, name=name)


urlpatterns = [
    _page("login", public(views.login), "account_login"),
    _page("logout", public(views.logout), "account_logout"),
    _page("inactive", public(views.inactive), "account_inactive"),
    _page("set-up/<str:secret>", public(views.set_up), "staff_set_up"),
    _page("second-factor", public(views.authenticate), "mfa_authenticate"),
    # A session that owes something (a second factor, a new password) comes to these before it may act.
    _page("proof", with_session(views.reauthenticate), "account_reauthenticate"),
    _page("proof/code", with_session(views.reauthenticate_by_factor), "mfa_reauthenticate"),
    _page("password", with_session(views.change_password), "account_change_password"),
    _page("security/authenticator", with_session(views.activate_factor), "mfa_activate_totp"),
    _page("security/recovery-codes", with_session(views.recovery_codes), "mfa_view_recovery_codes"),
    _page("security", staff()(views.security), "mfa_index"),
    _page("security/authenticator/replace", staff()(views.replace_factor), "mfa_deactivate_totp"),
    _page("security/recovery-codes/new", staff()(views.make_recovery_codes), "mfa_generate_recovery_codes"),
    _page("sessions", staff()(views.my_sessions), "staff_sessions"),
    _page("sessions/end", staff()(views.end_sessions), "staff_end_sessions"),
    _page("post", staff()(views.change_post), "staff_change_post"),
]
