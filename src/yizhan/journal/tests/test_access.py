"""The access log: one line a request, in its transaction; what cannot be logged cannot be shown."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from yizhan.journal import access
from yizhan.journal.models import Access

CLERK = access.Viewer(account="account:7", post="post:3", address="127.0.0.1")


@pytest.mark.django_db
def test_all_that_is_seen_in_a_request_is_one_line():
    with access.watching(CLERK):
        access.saw(["person:a"], ["name", "born"], purpose="case:X1")
        access.saw(["person:b", "person:a"], ["name", "address"], purpose="case:X1")
    (line,) = Access.objects.all()
    assert line.subjects == ["person:a", "person:b"]
    assert line.fields == ["name", "born", "address"]
    assert (line.account, line.post, line.purpose, line.action) == ("account:7", "post:3", "case:X1", "view")


@pytest.mark.django_db
def test_nothing_seen_leaves_no_line():
    with access.watching(CLERK):
        pass
    assert not Access.objects.exists()


@pytest.mark.django_db
def test_reading_where_nobody_is_known_to_look_is_refused():
    with pytest.raises(access.NobodyLooks):
        access.saw(["person:a"], ["name"], purpose="case:X1")


@pytest.mark.django_db
def test_a_line_can_never_be_changed_or_deleted_by_the_application():
    with access.watching(CLERK):
        access.saw(["person:a"], ["name"], purpose="own")
    for statement in ("update journal_access set account = ''", "delete from journal_access"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
