"""陈玥堃, a clerk, a pack with messages; a gateway and a mail server that write down what they get."""

from __future__ import annotations

import json
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import translation

from yizhan import clock
from yizhan.identity import accounts, roles, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Post, Role, RoleGrant, Unit
from yizhan.releases import models as releases
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

MANIFEST = "code: allowance\ntitle: {zh: 津贴, en: Allowance}\nunit: 440199-mz\n"
MESSAGES = """\
messages:
  accepted:
    channels: [app, sms, mail]
    parameters:
      - {key: name, meaning: {zh: 申请人, en: applicant}, longest: 8}
      - {key: item, meaning: {zh: 事项, en: item}, longest: 16}
      - {key: due, meaning: {zh: 办结日期, en: day it is due}, longest: 12}
    title: {zh: 您的申请已受理, en: Your application was accepted}
    text:
      zh: "{name}，您申请的“{item}”已受理，将于{due}前办结。"
      en: "{name}, your application for {item} was accepted. It will be decided by {due}."
    sms:
      zh: "{name}您好，“{item}”已受理，{due}前办结。详见 {link}"
      en: "{name}: {item} accepted, due {due}. See {link}"
    most_sms: 3
  warned:
    channels: [app, sms]
    urgent: true
    title: {zh: 台风红色预警, en: Typhoon warning}
    text: {zh: 请立即转移到就近的避护场所。, en: Move to the nearest shelter now.}
  told:
    channels: [app]
    title: {zh: 您有一份新文书, en: You have a new paper}
    text: {zh: 请在“我的文书”查看。, en: See it under My papers.}
"""
ADDRESS = "https://yizhan.example.gov.cn"


@pytest.fixture(autouse=True)
def house(settings):
    """A morning in Chinese, with no gateway at all."""
    settings.PUBLIC_ADDRESS = ADDRESS
    settings.SITE = {"district": {"zh": "云津区", "en": "Yunjin District"}}
    settings.SMS_GATEWAY = settings.MAIL_SERVER = ""
    settings.DEMO = False
    settings.ROOT_URLCONF = "yizhan.notices.tests.urls"
    for remembered in (releases.release, releases._definition):
        remembered.cache_clear()  # ids begin anew when tables are emptied
    with translation.override("zh-hans"), clock.standing_at("2026-11-20T09:30"):
        yield


@pytest.fixture
def service(db):
    with scope.service():
        yield


@pytest.fixture
def pack(tmp_path):
    """Reads a pack with these messages."""

    def written(messages=MESSAGES):
        folder = tmp_path / "allowance"
        folder.mkdir()
        (folder / "pack.yaml").write_text(MANIFEST, "utf-8")
        (folder / "messages.yaml").write_text(messages, "utf-8")
        return read(folder)

    return written


@pytest.fixture
def release(db, pack):
    return publish(pack(), by="house").release


@pytest.fixture
def citizen(db):
    def open_account(name="陈玥堃", phone="13900000001", **more):
        account = Account(kind=Account.Kind.CITIZEN, name=name, phone=phone, **more)
        account.set_unusable_password()
        account.save()
        return account

    return open_account


@pytest.fixture
def chen(citizen):
    return citizen(email="chen@example.org")


@pytest.fixture
def clerk(db):
    """A clerk whose role opens the records of her own unit."""
    roles.publish_platform()
    bureau = Unit(code="440199-mz", name="云津区民政局", kind="department", division="440199000000").found(
        by=HOUSE
    )
    desk = Post(unit=bureau, code="clerk", title="科员", title_en="Clerk").found(by=HOUSE)
    reader = Role.objects.create(
        code="allowance.clerk", pack="allowance", title_zh="经办", title_en="Clerk", reads_records=True
    )
    RoleGrant.give(reader, desk, "own_unit", by=HOUSE, reason="测试")
    account = accounts.create_staff("li.si", "李四", by=HOUSE)
    desk.appoint(account, by=HOUSE)
    return account


@pytest.fixture
def gateway(settings):
    """An SMS gateway: ``got`` is what it was asked, ``sent`` what left it; ``answers`` come first."""

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.got.append((dict(self.headers), body))
            status = server.answers.pop(0) if server.answers else 200
            if status == 200 and body["id"] in server.sent:
                status = 409
            if status == 200:
                server.sent[body["id"]] = body
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"queued" if status == 200 else b"no")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.got, server.sent, server.answers = [], {}, []
    settings.SMS_GATEWAY = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_GATEWAY_TOKEN = "token of the house"
    yield from _serving(server)


@pytest.fixture
def mail_server(settings):
    """An SMTP server with ``mails``; ``no.one`` does not exist there, ``later`` must wait."""

    class Smtp(socketserver.StreamRequestHandler):
        def say(self, words):
            self.wfile.write(words + b"\r\n")

        def handle(self):
            self.say(b"220 here")
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b"RCPT" and b"<no.one" in line:
                    self.say(b"550 no such person")
                elif verb == b"RCPT" and b"<later" in line:
                    self.say(b"451 try again")
                elif verb == b"DATA":
                    self.say(b"354 go on")
                    server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                    self.say(b"250 taken")
                elif verb == b"QUIT":
                    self.say(b"221 bye")
                    return
                else:
                    self.say(b"250 ok")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp)
    server.mails = []
    settings.MAIL_SERVER = f"smtp://127.0.0.1:{server.server_address[1]}"
    yield from _serving(server)


def _serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
