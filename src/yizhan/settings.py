"""One settings file, read from the environment. Every variable is explained in docs/reference/settings.md."""

from __future__ import annotations

import os
from pathlib import Path

from yizhan.database.address import django_settings, role_of

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("YIZHAN_HOME") or ROOT / "var").resolve()


def _flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


# --- who and where -----------------------------------------------------------------------------------
DEMO = _flag("YIZHAN_DEMO")
DEBUG = False
SECRET_KEY = os.environ.get("YIZHAN_SECRET_KEY") or "only for commands that sign nothing"
SECRET_KEY_FALLBACKS = _list("YIZHAN_SECRET_KEY_FALLBACKS")
PUBLIC_ADDRESS = os.environ.get("YIZHAN_PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [*_list("YIZHAN_ALLOWED_HOSTS"), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS, *_list("YIZHAN_TRUSTED_ORIGINS")]
CASE_PREFIX = os.environ.get("YIZHAN_CASE_PREFIX", "YX")
PACKS = [ROOT / "packs", *(Path(p) for p in _list("YIZHAN_PACKS"))]
FILES = HOME / "files"
ASSETS = HOME / "assets"

# --- the house ---------------------------------------------------------------------------------------
ROOMS = [
    room
    for room in (
        "ui", "feel", "hanzi", "keys", "journal", "releases", "codes", "calendar", "workflow", "identity",
        "registry", "records", "seals", "forms", "notices", "licences", "cases", "publishing", "payments", "voice",
        "insight", "rehearsal", "portal", "station", "desk", "demo", "cli",
    )
    if (ROOT / "src/yizhan" / room / "apps.py").exists()
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *(f"yizhan.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yizhan.ui.compression.CompressedPages",
    "yizhan.ui.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yizhan.identity.middleware.Presences",
    "yizhan.identity.doors.Doors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "yizhan.urls"
WSGI_APPLICATION = "yizhan.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "yizhan.ui.environment.environment",
            "context_processors": ["yizhan.ui.token.of_forms"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": False, "OPTIONS": {}},
]

# --- keys --------------------------------------------------------------------------------------------
KEY_SECRET = os.environ.get("YIZHAN_KEY_SECRET", "")
SEAL_FAMILIES = tuple((os.environ.get("YIZHAN_SEAL_FAMILIES") or "classic").replace(" ", "").split(","))
CLASSIC_ALGORITHM = os.environ.get("YIZHAN_CLASSIC_ALGORITHM") or "ecdsa_p256"
TOKEN_MODULE = os.environ.get("YIZHAN_TOKEN_MODULE", "")
TOKEN_LABEL = os.environ.get("YIZHAN_TOKEN_LABEL", "")
TOKEN_PIN = os.environ.get("YIZHAN_TOKEN_PIN", "")

# --- the database: the application's role by default, the owner's for migrations -----------------------
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://yizhan_app@/yizhan")
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "postgresql://yizhan_owner@/yizhan")
DATABASE_APP_ROLE = role_of(DATABASE_URL)
DATABASE_OWNER_ROLE = role_of(DATABASE_OWNER_URL)
_as_owner = os.environ.get("YIZHAN_DATABASE_ROLE") == "owner"
_database = django_settings(DATABASE_OWNER_URL if _as_owner else DATABASE_URL)
# With row-level security planning a statement costs more than running it: the server remembers plans (0009).
_database["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
DATABASES = {
    "default": {
        **_database,
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": "test_yizhan"},
    }
}

# --- language and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [HOME / "locale" / room for room in ROOMS]  # compiled by ./yizhan
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- log-in ------------------------------------------------------------------------------------------
PASSWORD_HASHERS = ["yizhan.identity.passwords.Argon2"]
from yizhan.identity.login_settings import *  # noqa: E402, F403

# --- security ----------------------------------------------------------------------------------------
_https = PUBLIC_ADDRESS.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("YIZHAN_BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "yizhan.records.uploading.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CSRF_FAILURE_VIEW = "yizhan.ui.errors.csrf_failure"

# --- static files: built by Vite with hashed names, served by ui.built -----------------------------------
STATIC_URL = "/assets/"

# --- messages: a local sink unless a server or gateway is named --------------------------------------------
MAIL_SERVER = os.environ.get("YIZHAN_MAIL_SERVER", "")
MAIL_SENDER = os.environ.get("YIZHAN_MAIL_SENDER", "")
SMS_GATEWAY = os.environ.get("YIZHAN_SMS_GATEWAY", "")
SMS_GATEWAY_TOKEN = os.environ.get("YIZHAN_SMS_GATEWAY_TOKEN", "")

# --- what a site may replace -------------------------------------------------------------------------
FONTS = os.environ.get("YIZHAN_FONTS", "")
FILE_SCANNER = os.environ.get("YIZHAN_FILE_SCANNER", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "yizhan.codes.discretion.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("YIZHAN_LOG_LEVEL", "WARNING")},
}
