"""What strangers send is refused, whatever is wrong with it; nothing that was changed is believed."""

from __future__ import annotations

import random
import time
from datetime import timedelta

import pytest
from asn1crypto import tsp

from yizhan import clock
from yizhan.keys import certificates, chains, revocation_lists, sm2, software, subjects, timestamps, verifying
from yizhan.keys.algorithms import Algorithm, Family
from yizhan.keys.chains import Standing
from yizhan.keys.tests import samples

MANY = 60
AT = clock.parse(samples.CHAIN_AT)
BOTH = pytest.mark.parametrize("family", list(Family))
REQUEST = tsp.TimeStampReq(
    {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": b"0" * 32},
        "req_policy": "1.2.3.4",  # so that none is granted
        "nonce": 5,
        "cert_req": True,
    }
).dump()


def changed(data: bytes):
    """The same with one or two bytes changed, taken out or put in, again and again."""
    dice = random.Random(data)
    while True:
        made = bytearray(data)
        for _ in range(dice.choice((1, 1, 2))):
            at, how = dice.randrange(len(made)), dice.randrange(3)
            if how == 0:
                made[at] ^= 1 << dice.randrange(8)
            elif how == 1:
                del made[at : at + dice.randrange(1, 5)]
            else:
                made[at:at] = dice.randbytes(dice.randrange(1, 4))
        if bytes(made) != data:
            yield bytes(made)


def some(data: bytes):
    return [one for _, one in zip(range(MANY), changed(data), strict=False)]


@BOTH
def test_changed_certificates_and_lists(family):
    leaf, issuing, root, lists = samples.chain(family)
    for one in some(leaf):
        assert chains.judge(one, issuers=[issuing], roots=[root], lists=lists, at=AT) is not Standing.GOOD
        assert not verifying.verify(one, b"paper", b"signature")
    for one in some(issuing):
        assert chains.judge(leaf, issuers=[one], roots=[root], lists=lists, at=AT) is not Standing.GOOD
    for one in some(lists[1]):
        found = chains.judge(leaf, issuers=[issuing], roots=[root], lists=[lists[0], one], at=AT)
        assert found is Standing.UNLISTED


@BOTH
def test_rubbish_beside_what_is_right_does_no_harm(family):
    leaf, issuing, root, lists = samples.chain(family)
    rubbish = [b"", b"no certificate", root[:-1], *some(issuing)[:20]]
    given = {"issuers": [*rubbish, issuing], "lists": [*rubbish, *lists], "at": AT}
    assert chains.judge(leaf, roots=[b"", root], **given) is Standing.GOOD


def test_changed_signatures_and_keys_of_sm2():
    for one in some(samples.SIGNATURE):
        assert not sm2.verify(samples.PUBLIC, samples.DATA, one)
    for one in some(samples.PUBLIC):
        assert not verifying.by_public_key(one, samples.DATA, samples.SIGNATURE)


def test_changed_requests_for_timestamps(db):
    for one in some(REQUEST):
        answered = timestamps._Answer.load(timestamps.answer(one), strict=True)
        assert answered["status"]["status"].native == "rejection"


def test_what_is_nested_without_end():
    deep = b"".join(b"\x30\x80" for _ in range(20_000))
    assert chains.judge(deep, issuers=[deep], roots=[deep], lists=[deep], at=AT) is Standing.FORGED
    assert not verifying.by_public_key(deep, b"", b"")
    assert not sm2.verify(samples.PUBLIC, samples.DATA, deep)


def test_a_file_full_of_authorities_that_certify_each_other_costs_little(founded):
    key = software.generate(Algorithm.SM2)
    name = subjects.subject(organisation="冒名", unit="", name="冒名")
    now = clock.now()

    def made(kind):
        return certificates.certify(
            certificates.Wanted(
                kind=kind,
                subject=name,
                public_key=key.public_key,
                not_before=now,
                not_after=now + timedelta(days=9),
                serial=certificates.new_serial(),
            ),
            by=key,
            issuer=None,
        )

    many = [made(certificates.Kind.ROOT) for _ in range(40)]
    lists = [
        revocation_lists.sign(
            [], by=key, issuer=name, number=at, issued_at=now, next_update=now + timedelta(days=9)
        )
        for at in range(40)
    ]
    began = time.perf_counter()
    found = chains.judge(many[0], issuers=many, roots=[samples.chain(Family.SM)[2]], lists=lists, at=now)
    assert found is Standing.UNKNOWN
    assert time.perf_counter() - began < 5
