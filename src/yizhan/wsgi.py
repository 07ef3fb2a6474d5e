"""The entry for granian or any other WSGI server: built files first, then Django."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhan.settings")
pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 (it is readable now)

from yizhan.ui.built import BuiltFiles  # noqa: E402

application = BuiltFiles(pages, settings.ASSETS, settings.STATIC_URL)
