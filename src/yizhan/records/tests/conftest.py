"""陈玥堃 gets an old-age allowance from the civil affairs bureau of 云津区, which does not exist."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from yizhan import clock
from yizhan.identity import accounts, roles, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.records import originals, papers
from yizhan.releases import models as releases
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

GRANTING = Path(__file__).parent / "granting"


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    """A store of its own, the day of the story, Chinese."""
    settings.FILES = tmp_path / "files"
    settings.PUBLIC_ADDRESS = "https://yizhan.example.gov.cn"
    for remembered in (releases.release, releases._definition):
        remembered.cache_clear()  # ids begin anew when tables are emptied
    with translation.override("zh-hans"), clock.standing_at("2026-11-20T09:30"):
        yield


@pytest.fixture
def service(db):
    """The house itself looks on."""
    with scope.service():
        yield


@pytest.fixture
def release(db):
    return publish(read(GRANTING), by="house").release


@pytest.fixture
def data():
    return {
        "name": "陈玥堃",
        "born_on": "1944-03-08",
        "applied_on": "2026-11-16",
        "monthly": 200,
        "from_month": "2026年11月",
        "street": "北桥街道",
        "review_by": "云津区人民政府",
        "court": "云津区人民法院",
    }


@pytest.fixture
def citizen(db):
    """Opens a citizen's account."""

    def open_account(name, phone):
        account = Account(kind=Account.Kind.CITIZEN, name=name, phone=phone)
        account.set_unusable_password()
        account.save()
        return account

    return open_account


@pytest.fixture
def clerk(db):
    """A clerk whose role opens the records of her own unit."""
    roles.publish_platform()
    bureau = Unit(code="440199-mz", name="云津区民政局", kind="department", division="440199000000").found(
        by=HOUSE
    )
    desk = Post(unit=bureau, code="clerk", title="科员", title_en="Clerk").found(by=HOUSE)
    reader = Role.objects.create(
        code="granting.clerk", pack="granting", title_zh="经办", title_en="Clerk", reads_records=True
    )
    RoleGrant.give(reader, desk, "own_unit", by=HOUSE, reason="测试")
    account = accounts.create_staff("li.si", "李四", by=HOUSE)
    desk.appoint(account, by=HOUSE)
    return account


def made(release_id, key, data, **more):
    """A paper that was issued, with its file, which bears no seal."""
    paper = papers.issue(papers.drawn_up(release_id, key, data, **more))
    originals.complete(paper, originals.typeset(paper))
    return paper


def upload(content, name="身份证.pdf", declared=""):
    return SimpleUploadedFile(name, content, content_type=declared)


def pdf(*objects, end=b"%%EOF\n"):
    """The least that is a PDF, with these objects in it."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, o) for number, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n" + end


def packed(content, head=b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"):
    data = zlib.compress(content)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def png(width=8, height=8, end=b"\x00\x00\x00\x00IEND\xaeB\x60\x82"):
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + head + b"\x00" * 4 + end


def jpeg(width=8, height=8):
    app = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8" + app + b"\xff\xc0\x00\x11\x08" + size + b"\x03" + b"\x00" * 9 + b"\xff\xd9"
