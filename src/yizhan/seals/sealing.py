"""Sealing a PDF 用印: PAdES B-LTA, the seal as ink over the page, by pyHanko.

One call puts one seal on: a signature of the seal's certificate with a time stamp, what a verifier needs in years to
come (chains and revocation lists), and a time stamp over it all. Each is a revision of its own; what stood before
stays byte for byte.
"""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from asn1crypto import cms, crl, tsp, x509
from asn1crypto.algos import SignedDigestAlgorithm
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.sign.general import SigningError, as_signing_certificate_v2
from pyhanko.sign.signers.pdf_signer import DSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yizhan.keys.algorithms import Family
from yizhan.keys.faults import KeysFault
from yizhan.keys.signing import Signer
from yizhan.seals.faults import CannotSeal
from yizhan.seals.inked import Inked
from yizhan.seals.stamps import Place, Stamp, TimeAuthority
from yizhan.seals.trust import Trust

_POINTS = 72 / 25.4
_SPARE = 32  # bytes
_LONGEST = 256  # bytes: a signature with RSA 2048
# It warns of every file that nothing is fetched from a network: nothing ever is.
logging.getLogger("pyhanko.sign.signers").setLevel(logging.ERROR)


def seal(
    content: bytes,
    stamp: Stamp,
    *,
    place: Place | None,
    at: datetime,
    trust: Trust,
    stamps_time: TimeAuthority,
    last: bool = True,
) -> bytes:
    """The file with one more seal on it; without a place the seal is not seen.

    Args:
        content: a PDF, which may bear seals already.
        stamp: whose seal comes on it.
        place: where.
        at: the moment, as the house's clock has it.
        trust: what the chain is checked against, and what is put into the file.
        stamps_time: the time-stamp authority.
        last: whether no other seal follows at once, so that the time stamp over it all comes now.

    Raises:
        CannotSeal: the certificate, that of the time stamps or one above them may not sign now, or a key does not answer.
        pyhanko.pdf_utils.misc.PdfReadError, pyhanko.sign.general.SigningError: no PDF that can be sealed.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    name = _next_name(writer)
    national = stamp.signer.algorithm.family is Family.SM
    meta = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm=stamp.signer.algorithm.digest,
        subfilter=fields.SigSeedSubFilter.PADES,
        name=stamp.name,
        reason=stamp.reason,
        # Of SM2 pyHanko builds no chain: what proves it is put into the file below.
        embed_validation_info=not national,
        use_pades_lta=last and not national,
        validation_context=None if national else trust.at(at),
        dss_settings=DSSContentSettings(include_vri=False, skip_if_unneeded=True),
        signer_key_usage={"non_repudiation"},
        tight_size_estimates=not national,
    )
    field = fields.SigFieldSpec(
        name,
        on_page=place.page - 1 if place else 0,
        box=_box(writer, place) if place else None,
        readable_field_name=stamp.name,
    )
    clock = _house_time(stamps_time)
    signer = _Signer(
        meta,
        _HouseSigner(stamp.signer),
        timestamper=clock,
        stamp_style=Inked(shape=stamp.shape),
        new_field_spec=field,
    )
    signer.at = at
    try:
        out: io.BytesIO = signer.sign_pdf(writer)
        return (_lasting(out, trust, clock) if national and last else out).getvalue()
    except KeysFault as fault:
        raise CannotSeal(str(fault)) from fault
    except (ValidationError, PathError) as fault:
        raise _chain_refused(fault) from fault
    except SigningError as fault:
        if isinstance(fault.__cause__ or fault.__context__, ValidationError | PathError):
            raise _chain_refused(fault) from fault
        raise


def _chain_refused(fault: Exception) -> CannotSeal:
    """Of a seal's chain pyHanko says so as of a fault in signing, of a time stamp's as it found it."""
    return CannotSeal(_("签章证书或时间戳证书的上级未通过检查（%(why)s）。") % {"why": fault})


def _lasting(out: io.BytesIO, trust: Trust, clock: TimeStamper) -> io.BytesIO:
    """What a verifier needs in years to come, and a time stamp with SM3 over it all."""
    DocumentSecurityStore.add_dss(
        out,
        None,
        certs=[x509.Certificate.load(one) for one in trust.certificates],
        crls=[crl.CertificateList.load(one) for one in trust.revocations],
    )
    stamped: io.BytesIO = signers.PdfTimeStamper(clock).timestamp_pdf(IncrementalPdfFileWriter(out), "sm3")
    return stamped


class _Signer(signers.PdfSigner):
    """pyHanko's, by the house's clock."""

    at: datetime

    def init_signing_session(self, *args: Any, **more: Any) -> Any:
        """A session whose moment is ours."""
        session = super().init_signing_session(*args, **more)
        session.system_time = self.at
        return session


class _HouseSigner(signers.Signer):
    """A key of the house, wherever it lies."""

    def __init__(self, key: Signer) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([x509.Certificate.load(one) for one in key.chain])
        super().__init__(
            signing_cert=x509.Certificate.load(key.certificate),
            cert_registry=store,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": key.algorithm.signature}),
            embed_roots=False,
        )
        self._key = key
        self.signed_attr_prov_spec = _Naming(key.certificate)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature; for a rehearsal of its length one that is none."""
        return bytes(_LONGEST) if dry_run else self._key.sign(data)


class _Naming(SignedAttributeProviderSpec):
    """The certificate that signs is named by the hash of its family, where pyHanko always takes SHA-256."""

    def __init__(self, certificate: bytes) -> None:
        self._certificate = certificate

    def signed_attr_providers(
        self, data_digest: bytes, digest_algorithm: str
    ) -> Iterable[CMSAttributeProvider]:
        """One attribute, beside those that every signature has."""
        del data_digest
        yield _Named(self._certificate, digest_algorithm)


class _Named(CMSAttributeProvider):
    attribute_type = "signing_certificate_v2"

    def __init__(self, certificate: bytes, digest_algorithm: str) -> None:
        self._certificate, self._digest = certificate, digest_algorithm

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        """Which certificate signed."""
        return tsp.SigningCertificateV2.load(_naming(self._certificate, self._digest))


@lru_cache(maxsize=32)
def _naming(certificate: bytes, digest: str) -> bytes:
    """DER; asn1crypto writes names anew each time, which takes longer than to sign."""
    return bytes(as_signing_certificate_v2(x509.Certificate.load(certificate), digest).dump())


class _HouseTime(TimeStamper):
    """Our own authority, asked within the process."""

    def __init__(self, answers: TimeAuthority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._answers = answers
        self._dummies: dict[str, bytes] = {}
        self._ways: WeakKeyDictionary[ValidationContext, list[ValidationPath]] = WeakKeyDictionary()

    async def validation_paths(self, validation_context: ValidationContext) -> AsyncIterator[ValidationPath]:
        """The ways up from its certificates, looked for once for each seal, where pyHanko asks twice."""
        known = self._ways.get(validation_context)
        if known is None:
            asked = super().validation_paths(validation_context)  # type: ignore[no-untyped-call]
            known = [way async for way in asked]
            self._ways[validation_context] = known
        for way in known:
            yield way

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        """A stamp by which room is reserved: a little longer than any, since signatures differ by some bytes."""
        if md_algorithm not in self._dummies:
            dummy: cms.ContentInfo = (await super().async_dummy_response(md_algorithm)).copy()
            signer = dummy["content"]["signer_infos"][0]
            signer["signature"] = signer["signature"].native + bytes(_SPARE)
            self._dummies[md_algorithm] = dummy.dump()
        return cms.ContentInfo.load(self._dummies[md_algorithm])

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Ask it, in this process, for a time stamp."""
        return cms.ContentInfo.load(self._answers(message_digest, md_algorithm))


@lru_cache(maxsize=4)
def _house_time(answers: TimeAuthority) -> _HouseTime:
    """The same for the same authority: what it was asked for room and its certificates are known then."""
    return _HouseTime(answers)


def _next_name(writer: IncrementalPdfFileWriter) -> str:
    """``Seal1``, ``Seal2`` … and the time stamps beside them have names of their own."""
    known = {str(name) for name, _value, _field in fields.enumerate_sig_fields(writer)}
    return next(name for number in range(1, 1000) if (name := f"Seal{number}") not in known)


def _box(writer: IncrementalPdfFileWriter, place: Place) -> tuple[int, int, int, int]:
    """The seal's square on the page, in whole points from the lower left: a third of a millimetre at most beside it."""
    page, _resources = writer.find_page_for_modification(place.page - 1)  # type: ignore[no-untyped-call]
    media = page.get_object()["/MediaBox"]
    x, y = place.x * _POINTS, float(media[3]) - place.y * _POINTS
    side = round(place.size * _POINTS)
    left, low = round(x - side / 2), round(y - side / 2)
    return left, low, left + side, low + side
