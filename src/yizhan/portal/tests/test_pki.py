"""Programs elsewhere fetch what they check seals with, and get timestamps."""

from __future__ import annotations

import calendar
import hashlib

import pytest
from asn1crypto import algos, core, crl, tsp, x509
from django.test import Client

from yizhan import clock
from yizhan.keys import authority
from yizhan.keys.tests import conftest as keys
from yizhan.keys.tests import openssl
from yizhan.portal.views import pki

_house, founded = keys._house, keys.founded
SAID = "越秀区人民政府的一份文件".encode()
QUERY = "application/timestamp-query"


def query(**more):
    imprint = {
        "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "hashed_message": hashlib.sha256(SAID).digest(),
    }
    return tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, **more}).dump()


def ask(content, client=None, **more):
    return (client or Client()).post(
        "/pki/tsa", content, content_type=more.pop("content_type", QUERY), **more
    )


def told(answer):
    """What a reply says is wrong; asn1crypto reads replies only where they have a token."""
    status = tsp.PKIStatusInfo.load(core.Sequence.load(answer.content)[0].dump())
    assert status["status"].native == "rejection"
    return status["fail_info"].native


def test_files_are_where_certificates_say(founded, client):
    seal = authority.issue("unit:440199-scj", name="市场监督管理局")
    point = x509.Certificate.load(bytes(seal.der)).crl_distribution_points[0]
    answer = client.get(point.url.removeprefix("https://www.example.gov.cn"))
    assert answer.headers["Content-Type"] == "application/pkix-crl"
    assert answer.headers["Cache-Control"] == "public, max-age=900"
    assert "Set-Cookie" not in answer.headers and not answer.cookies
    assert not crl.CertificateList.load(answer.content)["tbs_cert_list"]["revoked_certificates"].native

    known = client.get("/pki/classic.crl", HTTP_IF_NONE_MATCH=answer.headers["ETag"])
    assert known.status_code == 304 and not known.content
    authority.revoke(seal, by="account:1", because="印章遗失")
    anew = client.get("/pki/classic.crl", HTTP_IF_NONE_MATCH=answer.headers["ETag"])
    (revoked,) = crl.CertificateList.load(anew.content)["tbs_cert_list"]["revoked_certificates"]
    assert f"{revoked['user_certificate'].native:032x}" == seal.serial


def test_certificates_are_files_to_keep(founded, client):
    answer = client.get("/pki/classic-root.cer")
    assert answer.headers["Content-Type"] == "application/pkix-cert"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="classic-root.cer"'
    assert x509.Certificate.load(answer.content, strict=True).ca
    head = client.head("/pki/classic-root.cer")
    assert head.status_code == 200 and not head.content


@pytest.mark.parametrize(
    "name", ["classic", "classic-tsa.cer", "rsa.crl", "..", "classic.crl%00", "印章.cer"]
)
def test_nothing_else_is_there(founded, client, name):
    assert client.get(f"/pki/{name}").status_code == 404


def test_nor_is_anything_before_the_authority_was_founded(db, client):
    assert client.get("/pki/classic.crl").status_code == 404
    assert told(ask(query())) == {"system_failure"}


def test_openssl_asks_for_a_timestamp_and_believes_it(founded, tmp_path):
    if openssl.THERE:
        asked = openssl.run("ts", "-query", "-data", "said", "-sha256", "-cert", "-out", "asked",
                            folder=_with(tmp_path, said=SAID))  # fmt: skip
        assert asked.returncode == 0, asked.stderr
        content = (tmp_path / "asked").read_bytes()
    else:
        content = query(cert_req=True)
    answer = ask(content, Client(enforce_csrf_checks=True))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/timestamp-reply")
    assert answer.headers["Cache-Control"] == "no-store"
    token = tsp.TimeStampResp.load(answer.content)["time_stamp_token"]
    said = token["content"]["encap_content_info"]["content"].parsed.native
    assert said["gen_time"] == clock.now().replace(microsecond=0)
    assert said["message_imprint"]["hashed_message"] == hashlib.sha256(SAID).digest()
    if openssl.THERE:
        root = openssl.pem("CERTIFICATE", Client().get("/pki/classic-root.cer").content)
        folder = _with(tmp_path, reply=answer.content, root=root, other=SAID + b".")
        at = str(calendar.timegm(clock.now().utctimetuple()))
        wanted = ("-in", "reply", "-CAfile", "root", "-attime", at)
        verified = openssl.run("ts", "-verify", "-queryfile", "asked", *wanted, folder=folder)
        assert verified.returncode == 0, verified.stderr
        assert openssl.run("ts", "-verify", "-data", "other", *wanted, folder=folder).returncode != 0


@pytest.mark.parametrize("content", [b"\x00", b"\x30\x80", b"GET / HTTP/1.0", query()[:-3], b"\xff" * 4096])
def test_what_is_no_query_gets_a_reply_that_says_so(founded, content):
    answer = ask(content)
    assert answer.status_code == 200
    assert told(answer) == {"bad_data_format"}


def test_what_is_sent_otherwise_is_not_read(founded, client):
    assert ask(query(), content_type="application/x-www-form-urlencoded").status_code == 415
    assert ask(b"0" * 4097).status_code == 413
    assert client.get("/pki/tsa").status_code == 405


def test_one_address_gets_so_many_an_hour(founded, monkeypatch):
    monkeypatch.setattr(pki, "_AN_HOUR", 2)
    assert [ask(query()).status_code for _ in range(3)] == [200, 200, 429]
    assert ask(query(), REMOTE_ADDR="192.0.2.7").status_code == 200


def _with(folder, **files):
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
