"""Keys are kept sealed, out of reach of every question, and opened by their own installation alone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from yizhan.keys import authority, keeping, sealing, signing, verifying
from yizhan.keys.algorithms import Algorithm, Family
from yizhan.keys.faults import Unopenable
from yizhan.keys.models import Key, SealedKey

pytestmark = pytest.mark.django_db
ALL = pytest.mark.parametrize("algorithm", list(Algorithm))


def ask(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


@ALL
def test_a_key_comes_back_out_of_its_row(algorithm):
    row = keeping.make(algorithm)
    made = keeping.opened(row)
    keeping._opened.clear()
    again = keeping.opened(Key.objects.get(pk=row.pk))
    assert again is not made and again.public_key == made.public_key
    assert verifying.by_public_key(bytes(row.public), b"paper", again.sign(b"paper"))
    assert keeping.opened(row) is again  # opened once for a process


@ALL
def test_what_lies_in_the_database_is_sealed(algorithm):
    row = keeping.make(algorithm)
    plain = keeping._opened[bytes(row.public)].pkcs8()
    ((content,),) = ask("select keys_sealed(%s)", row.pk)
    assert plain not in bytes(content) and plain[36:52] not in bytes(content)
    assert sealing.opened(bytes(content), bound_to=bytes(row.public)) == plain


@pytest.mark.parametrize(
    "statement",
    [
        "select * from keys_sealedkey",
        "select content from keys_sealedkey",
        "update keys_sealedkey set content = ''",
        "delete from keys_sealedkey",
        "update keys_key set public = ''",
        "delete from keys_key",
        "update keys_certificate set der = ''",
        "update keys_certificate set not_after = now()",
        "delete from keys_certificate",
        "update keys_revocationlist set der = ''",
        "delete from keys_revocationlist",
    ],
)
def test_no_question_shows_a_sealed_key_or_changes_what_was_issued(statement):
    with pytest.raises(DatabaseError, match="permission denied"):
        ask(statement)


def test_a_revocation_stays():
    authority.found(organisation="云津区人民政府")
    made = authority.issue("unit:440199-scj", name="市场监督管理局")
    authority.revoke(made, by="account:1", because="印章遗失")
    with pytest.raises(DatabaseError, match="stays"):
        ask("update keys_certificate set revoked_at = null where serial = %s", made.serial)


def test_another_secret_opens_nothing(settings):
    row = keeping.make(Algorithm.ECDSA_P256)
    keeping._opened.clear()
    for secret, words in (("another", "YIZHAN_KEY_SECRET"), ("", "没有密钥口令")):
        settings.KEY_SECRET = secret
        with pytest.raises(Unopenable, match=words):
            keeping.opened(row)


def test_a_sealed_key_put_into_anothers_row_does_not_open():
    one, other = keeping.make(Algorithm.ECDSA_P256), keeping.make(Algorithm.ECDSA_P256)
    ((content,),) = ask("select keys_sealed(%s)", one.pk)
    for damaged, bound in (
        (bytes(content), bytes(other.public)),
        (bytes(content)[:-1] + b"\x00", bytes(one.public)),
        (b"\x02" + bytes(content)[1:], bytes(one.public)),
        (b"", bytes(one.public)),
    ):
        with pytest.raises(Unopenable):
            sealing.opened(damaged, bound_to=bound)


def test_a_key_that_is_not_there_cannot_be_opened():
    row = Key.objects.create(
        algorithm="sm2", where=Key.Where.SOFTWARE, public=b"x", made_at="2026-11-20T09:30+08:00"
    )
    assert not SealedKey.objects.all().query.is_empty()
    with pytest.raises(Unopenable):
        keeping.opened(row)


def test_a_signer_shows_nothing_of_its_key():
    authority.found(organisation="云津区人民政府")
    by = signing.signer(authority.issue("unit:440199-scj", name="市场监督管理局", family=Family.SM))
    assert repr(by) == "CertifiedSigner(key=<sm2 key in software>)"
