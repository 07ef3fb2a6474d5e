"""Signatures of all algorithms, ours and others', right ones and wrong ones."""

from __future__ import annotations

import pickle
import time

import pytest
from asn1crypto.algos import DSASignature

from yizhan.keys import sm2, software, verifying
from yizhan.keys.algorithms import Algorithm
from yizhan.keys.faults import Unavailable, Unopenable
from yizhan.keys.tests import openssl, samples

ALL = pytest.mark.parametrize("algorithm", list(Algorithm))


@ALL
def test_what_a_key_signs_is_right_for_it_alone(algorithm):
    key, other = software.generate(algorithm), software.generate(algorithm)
    signature = key.sign(b"paper")
    assert verifying.by_public_key(key.public_key, b"paper", signature)
    for public, data, signed in (
        (other.public_key, b"paper", signature),
        (key.public_key, b"papex", signature),
        (key.public_key, b"paper", signature[:-1]),
        (key.public_key, b"paper", b""),
        (key.public_key, b"paper", b"\x30\x06\x02\x01\x00\x02\x01\x00"),
        (b"no key", b"paper", signature),
    ):
        assert not verifying.by_public_key(public, data, signed)


@ALL
def test_a_key_is_kept_and_loaded_and_shows_nothing(algorithm):
    key = software.generate(algorithm)
    again = software.load(algorithm, key.pkcs8())
    assert again.public_key == key.public_key
    assert verifying.by_public_key(key.public_key, b"paper", again.sign(b"paper"))
    plain = key.pkcs8()[-40:].hex()
    for shown in (repr(key), str(key), repr(vars(key))):
        assert plain not in shown and "private_numbers" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(Unopenable) as told:
        software.load(algorithm, key.pkcs8()[:-3])
    assert told.value.__cause__ is None


def test_a_key_of_one_kind_is_not_taken_for_another():
    with pytest.raises(Unopenable):
        software.load(Algorithm.SM2, software.generate(Algorithm.ECDSA_P256).pkcs8())
    with pytest.raises(Unopenable):
        software.load(Algorithm.ECDSA_P256, software.generate(Algorithm.SM2).pkcs8())


def test_sm3_is_that_of_the_standard():
    assert sm2.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_worked_example_of_the_sm2_standard_is_accepted():
    assert sm2.verify(samples.PUBLIC, samples.DATA, samples.SIGNATURE)
    assert not sm2.verify(samples.PUBLIC, samples.DATA + b" ", samples.SIGNATURE)


def test_sm2_in_another_writing_is_refused():
    key = sm2.generate()
    signature = key.sign(b"paper")
    longer = DSASignature.load(signature)
    padded = b"\x30\x81" + signature[1:2] + signature[2:]
    assert DSASignature.load(padded)["r"].native == longer["r"].native
    assert not sm2.verify(key.public_key(), b"paper", padded)
    assert not sm2.verify(key.public_key(), b"paper", signature + b"\x00")


@pytest.mark.parametrize("direction", ["ours to OpenSSL", "OpenSSL's to us"])
def test_sm2_goes_both_ways(direction, tmp_path):
    if not openssl.THERE:
        assert sm2.verify(samples.OPENSSL_PUBLIC, samples.DATA, samples.OPENSSL_SIGNATURE)
        return
    if direction == "ours to OpenSSL":
        key = sm2.generate()
        assert openssl.signed_by(key.public_key(), b"paper", key.sign(b"paper"), tmp_path)
        assert not openssl.signed_by(key.public_key(), b"papex", key.sign(b"paper"), tmp_path)
        return
    public, signature = samples.by_openssl(tmp_path, b"paper")
    assert sm2.verify(public, b"paper", signature)
    assert not sm2.verify(public, b"papex", signature)


def test_a_machine_without_sm2_says_so_and_does_the_rest(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tongsuopy.crypto", None)
    sm2._library.cache_clear()
    try:
        assert not sm2.is_available()
        with pytest.raises(Unavailable, match="SM2"):
            software.generate(Algorithm.SM2)
        with pytest.raises(Unavailable):
            verifying.by_public_key(samples.PUBLIC, samples.DATA, samples.SIGNATURE)
        assert sm2.sm3(b"abc").hex().startswith("66c7f0f4")
        assert software.generate(Algorithm.ECDSA_P256).sign(b"paper")
    finally:
        sm2._library.cache_clear()


@pytest.mark.parametrize(("algorithm", "at_most"), [(Algorithm.ECDSA_P256, 1e-3), (Algorithm.SM2, 10e-3)])
def test_signing_is_fast(algorithm, at_most):
    key = software.generate(algorithm)
    best = min(_seconds(key) for _ in range(20))
    assert best < at_most


def _seconds(key):
    began = time.perf_counter()
    key.sign(b"paper")
    return time.perf_counter() - began
