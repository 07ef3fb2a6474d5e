"""Settings of logging in, read by ``yizhan.settings``. Times of sessions are real time.

YIZHAN_PASSWORD_PROFILE         ``modern``: length and blocked words (ASVS 5.0); ``gbt22239``: complexity and
                                an age of 90 days as well (GB/T 22239-2019)
YIZHAN_TRUSTED_PROXIES          how many reverse proxies of our own stand in front; 0: the address as it comes
YIZHAN_PHONE_CODES_PER_ADDRESS  codes that one address may ask for in an hour; a service hall shares one
YIZHAN_PHONE_CODES_PER_HOUR     codes that the whole house sends in an hour
"""

from __future__ import annotations

import os
from datetime import timedelta

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

# --- passwords ---------------------------------------------------------------------------------------
_profile = os.environ.get("YIZHAN_PASSWORD_PROFILE", "modern")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "yizhan.identity.passwords.LongEnough"},
    {"NAME": "yizhan.identity.passwords.NotCommon"},
    {"NAME": "yizhan.identity.passwords.NotPersonal"},
]
PASSWORD_MAX_AGE: timedelta | None = None
if _profile == "gbt22239":
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "yizhan.identity.passwords.Complex"})
    PASSWORD_MAX_AGE = timedelta(days=90)

# --- sessions: the row in identity_presence decides; the store only remembers ---------------------------
SESSION_ENGINE = "yizhan.identity.session_store"
SESSION_COOKIE_NAME = "yizhan_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
STAFF_IDLE = timedelta(minutes=30)
CITIZEN_IDLE = timedelta(hours=1)
SESSION_LONGEST = timedelta(hours=12)
PROOF_LASTS = timedelta(minutes=5)

# --- allauth: the pages of staff ------------------------------------------------------------------------
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "yizhan.identity.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(PROOF_LASTS.total_seconds())
ACCOUNT_USER_DISPLAY = "yizhan.identity.adapters.display"
# Our own rows lock out (lockout.py): a cache per process would count in each process for itself, and a whole
# office logs in from one address in the morning.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "yizhan.identity.forms.StaffLogin",
    "reauthenticate": "yizhan.identity.forms.PasswordAgain",
    "change_password": "yizhan.identity.forms.ChangePassword",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("YIZHAN_TRUSTED_PROXIES", "0"))

# --- second factor --------------------------------------------------------------------------------------
MFA_ADAPTER = "yizhan.identity.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "yizhan.identity.forms.SecondFactor",
    "reauthenticate": "yizhan.identity.forms.SecondFactorAgain",
    "activate_totp": "yizhan.identity.forms.ActivateSecondFactor",
}

# --- phone codes ----------------------------------------------------------------------------------------
PHONE_CODES_PER_ADDRESS = int(os.environ.get("YIZHAN_PHONE_CODES_PER_ADDRESS") or "60")
PHONE_CODES_PER_HOUR = int(os.environ.get("YIZHAN_PHONE_CODES_PER_HOUR") or "3000")
