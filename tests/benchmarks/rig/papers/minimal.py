"""What pyHanko's own documentation does to seal with lasting proof and to check it: the least that anybody would write.

The same key, certificates, lists and level (PAdES B-LTA) as the product's, and its own time-stamp service for tests.
"""

from __future__ import annotations

import io
from datetime import datetime

from asn1crypto import crl, keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.benchmarks.rig.papers.clockwork import Clock
from yizhan.keys.signing import CertifiedSigner
from yizhan.keys.software import SoftwareKey
from yizhan.seals.stamps import TimeAuthority
from yizhan.seals.trust import Trust


class Minimal:
    """Seals and checks with nothing but pyHanko."""

    def __init__(self, by: CertifiedSigner, trust: Trust, gives: TimeAuthority, at: datetime) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([x509.Certificate.load(one) for one in by.chain])
        assert isinstance(by.key, SoftwareKey)
        self._signer = signers.SimpleSigner(
            signing_cert=x509.Certificate.load(by.certificate),
            signing_key=keys.PrivateKeyInfo.load(by.key.pkcs8()),
            cert_registry=store,
        )
        self._trust, self._gives, self._at = trust, gives, at

    def _context(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=[x509.Certificate.load(one) for one in self._trust.roots],
            other_certs=[x509.Certificate.load(one) for one in self._trust.certificates],
            crls=[crl.CertificateList.load(one) for one in self._trust.revocations],
            revocation_mode="hard-fail",
            allow_fetching=False,
            moment=self._at,
        )

    def seal(self, content: bytes) -> bytes:
        """A visible signature that lasts."""
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        fields.append_signature_field(writer, fields.SigFieldSpec("Signature", box=(350, 250, 470, 370)))
        meta = signers.PdfSignatureMetadata(
            field_name="Signature",
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            use_pades_lta=True,
            embed_validation_info=True,
            validation_context=self._context(),
        )
        signed: io.BytesIO = signers.PdfSigner(meta, self._signer, timestamper=Clock(self._gives)).sign_pdf(
            writer
        )
        return signed.getvalue()

    def check(self, content: bytes) -> bool:
        """Whether all of it validates."""
        good = True
        for one in PdfFileReader(io.BytesIO(content)).embedded_signatures:
            if one.sig_object_type == "/Sig":
                good &= validate_pdf_signature(one, self._context()).bottom_line
            else:
                status = validate_pdf_timestamp(one, self._context())
                good &= status.valid and status.intact
        return good
