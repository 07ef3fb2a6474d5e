"""An authority made in memory, of any district and by anybody's hand: certificates, lists, time stamps, sealed files.

What it makes is made by the product's own verbs, with keys that lie nowhere: no database is asked.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from yizhan import clock
from yizhan.keys import certificates, revocation_lists, software, subjects, timestamps
from yizhan.keys.algorithms import Algorithm, Family
from yizhan.keys.certificates import Kind, Wanted
from yizhan.keys.signing import CertifiedSigner
from yizhan.seals import sealing
from yizhan.seals.shapes import Shape
from yizhan.seals.stamps import Place, Stamp
from yizhan.seals.trust import Trust

SEALED_AT = clock.parse("2026-11-20T09:30")
BEGAN = clock.parse("2026-01-05T08:00")
SQUARE: Shape = [["M", -20, -20], ["L", 20, -20], ["L", 20, 20], ["L", -20, 20], ["Z"]]
ADDRESS = "https://yizhan.example.gov.cn/pki"


@dataclass
class Mint:
    """Root, issuing certificate, time stamps; and what they issue and revoke.

    Attributes:
        algorithm: of all its keys.
        organisation: whose it says it is; two of the same name are told apart by their keys alone.
        revoked: serial numbers and from when, as the issuing certificate's next list says.
    """

    algorithm: Algorithm = Algorithm.ECDSA_P256
    organisation: str = "云津区人民政府"
    began: datetime = BEGAN
    revoked: dict[int, datetime] = field(default_factory=dict)

    @property
    def family(self) -> Family:
        """Of its keys."""
        return self.algorithm.family

    @cached_property
    def root(self) -> CertifiedSigner:
        """Signs the issuing certificate."""
        return self._certified(Kind.ROOT, "root", years=20)

    @cached_property
    def issuing(self) -> CertifiedSigner:
        """Signs everything else."""
        return self._certified(Kind.ISSUING, "issuing", by=self.root, years=10)

    @cached_property
    def clock_hand(self) -> CertifiedSigner:
        """Signs time stamps."""
        return self._certified(Kind.TIMESTAMPS, "tsa", by=self.issuing)

    def unit(
        self,
        name: str = "云津区民政局",
        *,
        kind: Kind = Kind.SEAL,
        begin: datetime | None = None,
        days: int = 1095,
    ) -> CertifiedSigner:
        """Somebody who seals."""
        subject = subjects.subject(organisation=self.organisation, unit=name, name=name)
        return self._made(kind, subject, self.issuing, begin or self.began, timedelta(days=days))

    def lists(self, at: datetime | None = None, *, days: int = 7) -> tuple[bytes, ...]:
        """What the issuing certificate and the root say at a moment to be revoked."""
        now = at or clock.now()
        lines = [revocation_lists.Revoked(serial, since, "") for serial, since in self.revoked.items()]
        made = []
        for by, told in ((self.issuing, lines), (self.root, [])):
            issuer, ends = x509.Certificate.load(by.certificate).subject, now + timedelta(days=days)
            number = int(now.timestamp())
            made.append(
                revocation_lists.sign(
                    told, by=by.key, issuer=issuer, number=number, issued_at=now, next_update=ends
                )
            )
        return tuple(made)

    def revoke(self, certificate: bytes, at: datetime) -> None:
        """From a moment on; the lists that are made afterwards say so."""
        self.revoked[x509.Certificate.load(certificate).serial_number] = at

    def trust(self, at: datetime | None = None, *, lists: bool = True) -> Trust:
        """All that it can say of itself."""
        others = (self.issuing.certificate, self.clock_hand.certificate)
        return Trust((self.root.certificate,), others, self.lists(at) if lists else ())

    @property
    def anchor(self) -> Trust:
        """What a stranger has: the root, and nothing else."""
        return Trust((self.root.certificate,))

    @property
    def stamper(self) -> timestamps.Stamper:
        """Gives the time."""
        return timestamps.Stamper({self.family: self.clock_hand})

    def seal(
        self,
        content: bytes,
        by: CertifiedSigner,
        *,
        at: datetime = SEALED_AT,
        place: Place | None = None,
        last: bool = True,
        trust: Trust | None = None,
        time: timestamps.Stamper | None = None,
        shape: Shape = SQUARE,
    ) -> bytes:
        """A file with one more seal of this authority's on it, at a moment."""
        with clock.standing_at(at):
            name = str(x509.Certificate.load(by.certificate).subject.native["common_name"])
            return sealing.seal(
                content, Stamp(by, shape, name, "测试"), place=place, at=at,
                trust=trust or self.trust(at), stamps_time=(time or self.stamper).token, last=last,
            )  # fmt: skip

    def _certified(
        self, kind: Kind, holder: str, *, by: CertifiedSigner | None = None, years: int = 3
    ) -> CertifiedSigner:
        subject = subjects.of_authority(holder, self.family, organisation=self.organisation)
        return self._made(kind, subject, by, self.began, timedelta(days=365 * years))

    def _made(
        self, kind: Kind, subject: x509.Name, by: CertifiedSigner | None, begin: datetime, lasts: timedelta
    ) -> CertifiedSigner:
        key = software.generate(self.algorithm)
        wanted = Wanted(
            kind=kind, subject=subject, public_key=key.public_key, not_before=begin, not_after=begin + lasts,
            serial=certificates.new_serial(), lists_at=f"{ADDRESS}/{self.family}.crl" if by else "",
        )  # fmt: skip
        issuer = x509.Certificate.load(by.certificate) if by else None
        der = certificates.certify(wanted, by=by.key if by else key, issuer=issuer)
        return CertifiedSigner(certificate=der, chain=[by.certificate, *by.chain] if by else [], key=key)


def renewed(by: CertifiedSigner, mint: Mint, begin: datetime) -> CertifiedSigner:
    """The same holder with a new certificate of the same key's authority."""
    name = x509.Certificate.load(by.certificate).subject
    made = mint._made(Kind.SEAL, name, mint.issuing, begin, timedelta(days=1095))
    return replace(made)


def pages(many: int = 1, words: str = "准予发放高龄津贴") -> bytes:
    """A small file of so many pages, each saying something of its own."""
    writer = PdfFileWriter()
    for number in range(1, many + 1):
        said = f"BT /F1 12 Tf 72 720 Td (page {number} {words.encode().hex()}) Tj ET".encode()
        stream = writer.add_object(generic.StreamObject(stream_data=said))
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        faces = generic.DictionaryObject(
            {
                pdf_name("/F1"): generic.DictionaryObject(
                    {pdf_name(key): pdf_name(of) for key, of in font.items()}
                )
            }
        )
        writer.insert_page(
            PageObject(
                contents=stream,
                media_box=generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
                resources=generic.DictionaryObject({pdf_name("/Font"): faces}),
            )
        )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
