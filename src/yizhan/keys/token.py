"""Keys in a device 密码设备, by PKCS#11: a smart card, a USB token, a machine in the server room.

``YIZHAN_TOKEN_MODULE`` names the maker's library, ``YIZHAN_TOKEN_LABEL`` the token, ``YIZHAN_TOKEN_PIN`` opens it. The
keys are made in the device and never leave it; here is only what they are called. PKCS#11 has no SM2 that makers agree
on, so keys of the national family stay in software until there is a device whose interface was seen.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.keys.algorithms import Algorithm
from yizhan.keys.faults import Unavailable

ALGORITHMS = frozenset({Algorithm.ECDSA_P256, Algorithm.RSA_2048})
_P256 = bytes.fromhex("06082a8648ce3d030107")  # the curve's name, DER
_T = TypeVar("_T")


def is_set_up() -> bool:
    """Whether new keys go into a token."""
    return bool(settings.TOKEN_MODULE)


@dataclass(frozen=True)
class TokenKey:
    """A key in the token; what is here is its public half and what the token calls it."""

    algorithm: Algorithm
    public_key: bytes
    label: str

    def sign(self, data: bytes) -> bytes:
        """A signature over data: the hash is inside.

        Raises:
            Unavailable: the token does not answer, or has no such key.
        """
        return _with_session(lambda session: _signature(session, self, data), SECONDS)


def make(algorithm: Algorithm) -> TokenKey:
    """A new key, made in the token, that it will not give away.

    Raises:
        Unavailable: the token does not answer, or cannot make such a key.
    """
    label = f"yizhan-{secrets.token_hex(8)}"
    return _with_session(
        lambda session: TokenKey(algorithm, _generate(session, algorithm, label), label), SECONDS_TO_MAKE
    )


def _generate(session: Any, algorithm: Algorithm, label: str) -> bytes:
    from pkcs11 import Attribute, KeyType, MechanismFlag  # noqa: PLC0415
    from pkcs11.util import ec, rsa  # noqa: PLC0415

    held = {
        "id": label.encode(),
        "label": label,
        "store": True,
        "capabilities": MechanismFlag.SIGN | MechanismFlag.VERIFY,
        "private_template": {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
    }
    if algorithm is Algorithm.RSA_2048:
        public, _private = session.generate_keypair(KeyType.RSA, 2048, **held)
        return _wrapped_rsa(rsa.encode_rsa_public_key(public))
    curve = session.create_domain_parameters(KeyType.EC, {Attribute.EC_PARAMS: _P256}, local=True)
    public, _private = curve.generate_keypair(**held)
    return bytes(ec.encode_ec_public_key(public))


def _wrapped_rsa(pkcs1: bytes) -> bytes:
    from asn1crypto.keys import PublicKeyInfo, RSAPublicKey  # noqa: PLC0415

    return bytes(PublicKeyInfo.wrap(RSAPublicKey.load(pkcs1), "rsa").dump())


def _signature(session: Any, key: TokenKey, data: bytes) -> bytes:
    from pkcs11 import Mechanism, ObjectClass  # noqa: PLC0415
    from pkcs11.util.ec import encode_ecdsa_signature  # noqa: PLC0415

    private = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=key.label)
    if key.algorithm is Algorithm.RSA_2048:
        return bytes(private.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
    digest = hashes.Hash(hashes.SHA256())  # not every token hashes, every one signs a hash
    digest.update(data)
    return bytes(encode_ecdsa_signature(private.sign(digest.finalize(), mechanism=Mechanism.ECDSA)))


SECONDS, SECONDS_TO_MAKE = 15.0, 120.0
"""So long a device is waited for, and for a new key, since a card looks long for the primes of RSA; a maker's library may
wait for ever, and nobody can interrupt it."""
_turn = threading.Lock()
"""A session of PKCS#11 does one thing at a time."""
_session: Any = None
_silent: threading.Thread | None = None
"""Whoever still waits for a device that did not answer; while they do, nobody else begins to."""


class _Unanswered(Exception):
    """What the library said, by its kind alone: it may hold the PIN. Told in the language of whoever asked."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(type(fault).__name__)


def _with_session(work: Callable[[Any], _T], seconds: float) -> _T:
    """Do it in an open session, in a thread that can be left behind; what waits behind the silent one fails at once."""
    global _silent  # noqa: PLW0603
    if (_silent is not None and _silent.is_alive()) or not _turn.acquire(timeout=seconds):
        raise _does_not_answer(TimeoutError.__name__)
    told: list[_T] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            told.append(_in_session(work))
        except Exception as fault:
            faults.append(fault)
        finally:
            _turn.release()

    asking = threading.Thread(target=ask, name="token", daemon=True)
    try:
        asking.start()
    except BaseException:  # no thread can be had: nobody took the turn
        _turn.release()
        raise
    asking.join(seconds)
    if told:
        return told[0]
    if faults:
        raise _does_not_answer(str(faults[0])) if isinstance(faults[0], _Unanswered) else faults[0]
    _silent = asking
    raise _does_not_answer(TimeoutError.__name__)


def _in_session(work: Callable[[Any], _T]) -> _T:
    """Once more in a new session, since a token may have been taken out and put back."""
    try:
        return work(_open())
    except _faults():
        close()
    try:
        return work(_open())
    except _faults() as fault:
        close()
        raise _Unanswered(fault) from None


def _does_not_answer(kind: str) -> Unavailable:
    return Unavailable(_("密码设备没有应答（%(kind)s），请检查设备和 YIZHAN_TOKEN_* 设置。") % {"kind": kind})


def _open() -> Any:
    global _session  # noqa: PLW0603
    if _session is None:
        found = _library(settings.TOKEN_MODULE).get_token(token_label=settings.TOKEN_LABEL)
        _session = found.open(rw=True, user_pin=settings.TOKEN_PIN)
    return _session


def close() -> None:
    """Let go of the session; the next signature opens another."""
    global _session
    was, _session = _session, None
    if was is not None:
        with suppress(*_faults()):
            was.close()


def _library(module: str) -> Any:
    import pkcs11  # noqa: PLC0415 (a library of the maker's is loaded where there is one)

    return pkcs11.lib(module)


def _faults() -> tuple[type[Exception], ...]:
    try:
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415
    except ImportError:
        return (ImportError, OSError)
    return (PKCS11Error, ImportError, OSError, RuntimeError)
