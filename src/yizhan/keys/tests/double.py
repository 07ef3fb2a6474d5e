"""A device that is none 替身: behaves like python-pkcs11 on the few verbs that are used, with keys of cryptography's."""

from __future__ import annotations

from typing import Any

from asn1crypto.algos import DSASignature
from asn1crypto.core import OctetString
from asn1crypto.keys import ECDomainParameters
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, KeyType, Mechanism, exceptions


class Library:
    """One token with its keys, which stay when a session is closed."""

    def __init__(self, label: str, pin: str) -> None:
        self.label, self.pin = label, pin
        self.keys: dict[str, Any] = {}

    def get_token(self, *, token_label: str) -> Library:
        if token_label != self.label:
            raise exceptions.NoSuchToken
        return self

    def open(self, *, rw: bool, user_pin: str) -> Session:
        if user_pin != self.pin:
            raise exceptions.PinIncorrect
        return Session(self)


class Session:
    """Closed for good once it is closed."""

    def __init__(self, library: Library) -> None:
        self._library, self._open = library, True

    def close(self) -> None:
        self._open = False

    def create_domain_parameters(
        self, kind: KeyType, attributes: dict[Attribute, bytes], *, local: bool
    ) -> Curve:
        assert ECDomainParameters.load(attributes[Attribute.EC_PARAMS]).native == "secp256r1"
        return Curve(self._there())

    def generate_keypair(self, kind: KeyType, bits: int, **held: Any) -> tuple[Any, Any]:
        key = rsa.generate_private_key(65537, bits)
        self._there().keys[held["label"]] = key
        numbers = key.public_key().public_numbers()
        return {
            Attribute.MODULUS: numbers.n.to_bytes(bits // 8, "big"),
            Attribute.PUBLIC_EXPONENT: numbers.e.to_bytes(3, "big"),
        }, None

    def get_key(self, *, object_class: Any, label: str) -> Private:
        try:
            return Private(self._there().keys[label])
        except KeyError:
            raise exceptions.NoSuchKey from None

    def _there(self) -> Library:
        if not self._open:
            raise exceptions.SessionClosed
        return self._library


class Curve:
    def __init__(self, library: Library) -> None:
        self._library = library

    def generate_keypair(self, **held: Any) -> tuple[Any, Any]:
        key = ec.generate_private_key(ec.SECP256R1())
        self._library.keys[held["label"]] = key
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            Attribute.EC_PARAMS: ECDomainParameters(name="named", value="secp256r1").dump(),
            Attribute.EC_POINT: OctetString(point).dump(),
        }, None


class Private:
    def __init__(self, key: Any) -> None:
        self._key = key

    def sign(self, data: bytes, *, mechanism: Mechanism) -> bytes:
        if mechanism is Mechanism.SHA256_RSA_PKCS:
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        assert mechanism is Mechanism.ECDSA
        signature = self._key.sign(data, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
        return DSASignature.load(signature).to_p1363()
