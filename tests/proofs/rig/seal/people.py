"""Who sealed, and whether she might 签章人与证书: ended, revoked, of a stranger, of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from asn1crypto import x509

from tests.proofs.rig.seal.cases import Bench
from tests.proofs.rig.seal.damage import flipped
from tests.proofs.rig.seal.signing import signed
from yizhan.keys import certificates, software, subjects
from yizhan.keys.certificates import Kind, Wanted
from yizhan.keys.signing import CertifiedSigner
from yizhan.seals.found import Why
from yizhan.seals.tests.mint import BEGAN, SEALED_AT, Mint

DAY = timedelta(days=1)


def terms(bench: Bench) -> None:
    """Certificates that had ended, had not begun, were revoked, are for something else; in both families."""
    for mint, word in ((bench.classic, ""), (bench.national, "SM2, ")):
        trust = mint.trust(SEALED_AT)

        def sealed(by: CertifiedSigner, mint: Mint = mint) -> bytes:
            return signed(bench.plain, by, time=mint.stamper)

        bench.genuine(f"{word}good when it was sealed, ended since", sealed(mint.unit(days=400)), trust=trust)
        bench.refused(
            f"{word}certificate ended before", sealed(mint.unit(days=100)), Why.EXPIRED, trust=trust
        )
        begins = mint.unit(begin=SEALED_AT + DAY)
        bench.refused(f"{word}certificate begins later", sealed(begins), Why.NOT_YET_VALID, trust=trust)
        wrong = mint.unit(kind=Kind.TIMESTAMPS)
        bench.refused(f"{word}certificate for time stamps", sealed(wrong), Why.WRONG_PURPOSE, trust=trust)
        no_time = signed(bench.plain, mint.unit(days=400))
        bench.refused(f"{word}ended, and no time stamp proves when", no_time, Why.EXPIRED, trust=trust)
        before, after = mint.unit(), mint.unit()
        by_before, by_after = sealed(before), sealed(after)
        old = mint.lists(SEALED_AT)
        mint.revoke(before.certificate, SEALED_AT - DAY)
        mint.revoke(after.certificate, SEALED_AT + DAY)
        known = mint.trust(SEALED_AT + 2 * DAY)
        bench.refused(f"{word}revoked before", by_before, Why.REVOKED, trust=known)
        both = replace(known, revocations=(*old, *known.revocations))
        bench.refused(
            f"{word}revoked before, and an older list brought along", by_before, Why.REVOKED, trust=both
        )
        bench.genuine(f"{word}revoked afterwards", by_after, trust=known)
        without = signed(bench.plain, after)
        at = SEALED_AT + 2 * DAY
        bench.refused(
            f"{word}revoked, and no time stamp proves when", without, Why.REVOKED, trust=known, at=at
        )


def lists(bench: Bench) -> None:
    """Nobody can tell whether it was revoked."""
    for mint, word in ((bench.classic, ""), (bench.national, "SM2, ")):
        content = signed(bench.plain, mint.unit(), time=mint.stamper)
        whole = mint.trust(SEALED_AT)
        bench.refused(f"{word}no list", content, Why.REVOCATION_UNKNOWN, trust=mint.trust(lists=False))
        forged = tuple(flipped(one, len(one) - 3) for one in whole.revocations)
        bench.refused(
            f"{word}a list with a bit flipped", content, Why.REVOCATION_UNKNOWN, Why.UNTRUSTED_TIME,
            trust=replace(whole, revocations=forged),
        )  # fmt: skip
        stranger = Mint(mint.algorithm, mint.organisation)
        bench.refused(
            f"{word}a stranger's list under the same name", content, Why.REVOCATION_UNKNOWN, Why.UNTRUSTED_TIME,
            trust=replace(whole, revocations=stranger.lists(SEALED_AT)),
        )  # fmt: skip
        ended = mint.lists(SEALED_AT - 60 * DAY)
        bench.refused(
            f"{word}a list that had ended before", content, Why.REVOCATION_UNKNOWN, Why.UNTRUSTED_TIME,
            trust=replace(whole, revocations=ended),
        )  # fmt: skip


def strangers(bench: Bench) -> None:
    """Authorities that nobody trusts, under the names of one that is trusted."""
    for mint, word in ((bench.classic, ""), (bench.national, "SM2, ")):
        trust = mint.trust(SEALED_AT)
        stranger = Mint(mint.algorithm, mint.organisation)
        whole = stranger.seal(bench.plain, stranger.unit())
        bench.refused(
            f"{word}a stranger's authority of the same name, its root brought along",
            whole,
            Why.UNTRUSTED,
            trust=trust,
        )
        ours = bench.sealed_sm if word else bench.sealed
        only = stranger.anchor
        bench.refused(f"{word}nothing is trusted but another's root", ours, Why.UNTRUSTED, trust=only)
        mixed = stranger.unit()
        claims = CertifiedSigner(mixed.certificate, mint.unit().chain, mixed.key)
        told = signed(bench.plain, claims, time=mint.stamper)
        bench.refused(
            f"{word}a stranger's certificate with our issuer beside it", told, Why.UNTRUSTED, trust=trust
        )
        alone = _self_signed(mint)
        bench.refused(
            f"{word}signed by itself",
            signed(bench.plain, alone, time=mint.stamper),
            Why.UNTRUSTED,
            trust=trust,
        )
        below = _issued_by(mint.unit(), mint)
        bench.refused(
            f"{word}issued by a unit, which is no authority", signed(bench.plain, below, time=mint.stamper),
            Why.UNTRUSTED, Why.WRONG_PURPOSE, trust=trust,
        )  # fmt: skip


def _self_signed(mint: Mint) -> CertifiedSigner:
    key = software.generate(mint.algorithm)
    return CertifiedSigner(_certificate(mint, key, key, None), [], key)


def _issued_by(unit: CertifiedSigner, mint: Mint) -> CertifiedSigner:
    key = software.generate(mint.algorithm)
    issuer = x509.Certificate.load(unit.certificate)
    return CertifiedSigner(_certificate(mint, key, unit.key, issuer), [unit.certificate, *unit.chain], key)


def _certificate(mint: Mint, key: software.SoftwareKey, by: object, issuer: x509.Certificate | None) -> bytes:
    wanted = Wanted(
        kind=Kind.SEAL, subject=subjects.subject(organisation=mint.organisation, unit="", name="云津区民政局"),
        public_key=key.public_key, not_before=BEGAN, not_after=BEGAN + 900 * DAY, serial=certificates.new_serial(),
    )  # fmt: skip
    return certificates.certify(wanted, by=by, issuer=issuer)  # type: ignore[arg-type]
