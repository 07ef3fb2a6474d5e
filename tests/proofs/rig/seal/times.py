"""Who says when 时间戳: a stranger, about something else, with a certificate that proves nothing any more."""

from __future__ import annotations

from datetime import timedelta

from tests.proofs.rig.seal.cases import Bench
from tests.proofs.rig.seal.signing import signed, stamped
from yizhan.keys import timestamps
from yizhan.keys.algorithms import Family
from yizhan.seals.found import Why
from yizhan.seals.tests.mint import SEALED_AT, Mint


def clocks(bench: Bench) -> None:
    """On the seal, and over the file; in both families."""
    for mint, word in ((bench.classic, ""), (bench.national, "SM2, ")):
        trust, digest = mint.trust(SEALED_AT), mint.algorithm.digest
        stranger = Mint(mint.algorithm, mint.organisation)
        by = mint.unit()
        told = signed(bench.plain, by, time=stranger.stamper)
        bench.refused(f"{word}time by a stranger of the same name", told, Why.UNTRUSTED_TIME, trust=trust)
        elsewhere = signed(
            bench.plain, by, time=lambda _digest, kind, mint=mint: mint.stamper.token(bytes(32), kind)
        )
        bench.refused(f"{word}time of other bytes", elsewhere, Why.TIME_OF_OTHER_BYTES, trust=trust)
        unit = timestamps.Stamper({mint.family: mint.unit()})
        bench.refused(
            f"{word}time by a unit, which gives none",
            signed(bench.plain, by, time=unit),
            Why.UNTRUSTED_TIME,
            trust=trust,
        )
        over = stamped(signed(bench.plain, by, time=mint.stamper), stranger.stamper, digest=digest)
        bench.refused(f"{word}a stranger's time over the file", over, Why.UNTRUSTED_TIME, trust=trust)
        genuine = mint.seal(bench.plain, by)
        late = Mint(mint.algorithm)
        content = late.seal(bench.plain, late.unit())
        late.revoke(late.clock_hand.certificate, SEALED_AT + timedelta(days=30))
        known = late.trust(SEALED_AT + timedelta(days=31))
        bench.refused(
            f"{word}the time authority was found out since", content, Why.UNTRUSTED_TIME, trust=known
        )
        bench.genuine(f"{word}sealed for good, looked at when all certificates have ended", genuine)


def families(bench: Bench) -> None:
    """National keys with another hash, and the other way round."""
    content = signed(bench.plain, bench.national.unit(), digest="sha256")
    trust = bench.national.trust(SEALED_AT)
    bench.refused("SM2, with SHA-256 in the place of SM3", content, Why.MIXED, trust=trust, at=SEALED_AT)
    both = timestamps.Stamper({Family.CLASSIC: bench.classic.clock_hand})
    trusted = trust.and_also((*bench.classic.trust().certificates,), bench.classic.lists(SEALED_AT))
    whole = type(trusted)(
        (*trust.roots, bench.classic.root.certificate), trusted.certificates, trusted.revocations
    )
    mixed = signed(
        bench.plain, bench.national.unit(),
        time=lambda digest, _kind: both.token(digest, "sha256"),
    )  # fmt: skip
    bench.refused("SM2, time of a hash that is another's", mixed, Why.TIME_OF_OTHER_BYTES, trust=whole)
