"""The page for monitors 健康检查: whether the database answers and has every migration of this version."""

from __future__ import annotations

from functools import cache

from django.db import Error, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizhan import __version__

UNAVAILABLE = 503


@require_safe
@never_cache
@transaction.non_atomic_requests  # the answer must come without a database too
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when requests can be served, else 503; it tells no reasons to strangers, the log has them."""
    try:
        missing = _wanted() - set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return _answer(database="away", migrations="unknown", status=UNAVAILABLE)
    if missing:
        return _answer(database="ok", migrations=f"{len(missing)} missing", status=UNAVAILABLE)
    return _answer(database="ok", migrations="ok", status=200)


def _answer(*, database: str, migrations: str, status: int) -> JsonResponse:
    word = "ok" if status == 200 else "unavailable"
    body = {"status": word, "database": database, "migrations": migrations, "version": __version__}
    return JsonResponse(body, status=status)


@cache
def _wanted() -> frozenset[tuple[str, str]]:
    """Every migration of the installed rooms and packages; it cannot change while the process lives."""
    loader = MigrationLoader(None)
    return frozenset(key for key in loader.disk_migrations or () if key in loader.graph.nodes)
