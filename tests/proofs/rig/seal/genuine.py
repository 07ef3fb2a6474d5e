"""What must be accepted 真实文件: one seal and many, long papers, English ones, renewed certificates, all families."""

from __future__ import annotations

from datetime import timedelta

from tests.proofs.rig.seal.cases import LATER, Bench
from tests.proofs.rig.seal.signing import signed
from yizhan import clock
from yizhan.keys.algorithms import Algorithm
from yizhan.records import typesetting
from yizhan.records.typesetting import Sheet
from yizhan.seals.stamps import Place
from yizhan.seals.tests.mint import SEALED_AT, Mint, pages, renewed

_LONG = """#set page(paper: "a4")
#set text(lang: "zh")
#set document(title: "名单")
#for n in range(1, 1200) [第 #n 条　符合规定的条件，准予发放。\\ ]
"""
_ENGLISH = """#set page(paper: "a4")
#set text(lang: "en")
#set document(title: "Certificate")
= Certificate of residence
This is to certify that the holder has lived in the district since 2019. Issued at the request of the person concerned.
"""


def papers(bench: Bench) -> None:
    """Papers as the press sets them, with the seals of one, two and eight units."""
    mint = bench.classic
    for name, template in {"a long paper": _LONG, "an English paper": _ENGLISH}.items():
        with clock.standing_at(SEALED_AT) as at:
            made = typesetting.house().pdf(Sheet(template, at))
        bench.genuine(f"{name}, set by the press", mint.seal(made, mint.unit(), place=Place(1, 120, 220)))
        sm = bench.national
        bench.genuine(f"SM2, {name}, set by the press", sm.seal(made, sm.unit(), place=Place(1, 120, 220)))
    content = bench.plain
    for number in range(8):
        where = Place(1, 30 + 20 * number, 200)
        content = mint.seal(content, mint.unit(f"云津区第{number + 1}局"), place=where, last=number == 7)
        if number == 1:
            both = content
    bench.genuine("the seals of two units, without the last time stamp", both)
    bench.genuine("the seals of eight units", content)
    bench.genuine("one seal, to be seen", bench.sealed)
    bench.genuine("one seal, not to be seen", mint.seal(bench.plain, mint.unit()))
    bench.genuine("hundred pages", mint.seal(pages(100), mint.unit()))


def years(bench: Bench) -> None:
    """Seals outlive certificates, and the certificates' successors change nothing."""
    mint = bench.classic
    by = mint.unit(days=400)
    before = mint.seal(bench.plain, by)
    successor = renewed(by, mint, SEALED_AT + timedelta(days=350))
    after = mint.seal(bench.plain, successor, at=SEALED_AT + timedelta(days=360))
    bench.genuine("sealed before the certificate was renewed", before)
    bench.genuine("sealed after the certificate was renewed", after)
    replaced, known = mint.unit(), mint.seal(bench.plain, mint.unit())
    with_old = mint.seal(bench.plain, replaced)
    mint.revoke(replaced.certificate, SEALED_AT + timedelta(days=5))
    lists = mint.trust(SEALED_AT + timedelta(days=6))
    bench.genuine("sealed with a seal that was replaced since", with_old, trust=lists)
    bench.genuine("another seal of the same unit", known, trust=lists)
    bench.genuine("looked at on the last day of our reckoning", bench.sealed, at=clock.parse("2099-12-31"))


def families(bench: Bench) -> None:
    """RSA; SM2 with and without time stamps that last; both on one file."""
    rsa = Mint(Algorithm.RSA_2048)
    bench.genuine("RSA, sealed for good", rsa.seal(bench.plain, rsa.unit()), trust=rsa.anchor)
    sm = bench.national
    bench.genuine("SM2, sealed for good", bench.sealed_sm)
    timed = signed(bench.plain, sm.unit(), time=sm.stamper)
    bench.genuine("SM2, with a time stamp", timed, trust=sm.trust(SEALED_AT))
    bench.genuine(
        "SM2, without a time stamp", signed(bench.plain, sm.unit()), trust=sm.trust(SEALED_AT), at=SEALED_AT
    )
    twice = sm.seal(sm.seal(bench.plain, sm.unit(), last=False), sm.unit("云津区财政局"))
    bench.genuine("SM2, the seals of two units", twice)
    both = type(sm.anchor)((*sm.anchor.roots, *bench.classic.anchor.roots))
    mixed = sm.seal(bench.classic.seal(bench.plain, bench.classic.unit()), sm.unit())
    bench.genuine("one seal of each family", mixed, trust=both, at=LATER)
