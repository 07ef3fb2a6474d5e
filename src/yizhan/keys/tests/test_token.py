"""Keys in a device: with a double always, and with SoftHSM where it is installed."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pkcs11
import pytest
from django.utils import translation

from yizhan.keys import authority, keeping, signing, token, verifying
from yizhan.keys.algorithms import Algorithm, Family
from yizhan.keys.faults import Unavailable
from yizhan.keys.models import Key
from yizhan.keys.tests import double

_PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)
SOFTHSM = next((place for place in _PLACES if Path(place).exists()), None)
KNOWN = [Algorithm.ECDSA_P256, Algorithm.RSA_2048]


@contextmanager
def softhsm(folder, monkeypatch) -> Iterator[str]:
    """A new token of SoftHSM's."""
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "seals", "--so-pin", "5678", "--pin", "1234"],
        check=True,
        capture_output=True,
    )
    try:
        yield str(SOFTHSM)
    finally:
        token.close()
        pkcs11.unload(str(SOFTHSM))


@pytest.fixture(params=["double", *(["softhsm"] if SOFTHSM else [])])
def device(request, tmp_path, monkeypatch, settings):
    """A token called seals, with the PIN 1234, set up."""
    settings.TOKEN_LABEL, settings.TOKEN_PIN = "seals", "1234"
    if request.param == "softhsm":
        with softhsm(tmp_path, monkeypatch) as module:
            settings.TOKEN_MODULE = module
            yield settings
        return
    yield request.getfixturevalue("double_device")


@pytest.fixture
def double_device(settings):
    """The same, of nobody's make. It stays in its place when a test undoes what it changed."""
    settings.TOKEN_LABEL, settings.TOKEN_PIN = "seals", "1234"
    settings.TOKEN_MODULE = "/usr/lib/maker/token.so"
    library = double.Library("seals", "1234")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token, "_library", lambda _module: library)
        yield settings
        token.close()


@pytest.mark.parametrize("algorithm", KNOWN)
def test_a_key_that_is_made_in_it_signs(device, algorithm):
    key, other = token.make(algorithm), token.make(algorithm)
    signature = key.sign(b"paper")
    assert verifying.by_public_key(key.public_key, b"paper", signature)
    assert not verifying.by_public_key(key.public_key, b"papex", signature)
    assert not verifying.by_public_key(other.public_key, b"paper", signature)


@pytest.mark.django_db
def test_the_authority_works_with_it(device):
    authority.found(organisation="云津区人民政府")
    made = authority.issue("unit:440199-scj", name="市场监督管理局")
    assert made.key.where == Key.Where.TOKEN
    keeping._opened.clear()
    by = signing.signer(made)
    assert verifying.verify(by.certificate, b"paper", by.sign(b"paper"))
    assert authority.revocation_list(Family.CLASSIC)
    national = authority.issue("unit:440199-scj", name="市场监督管理局", family=Family.SM)
    assert national.key.where == Key.Where.SOFTWARE


# python-pkcs11 cannot say goodbye to what is no longer there, and says so where nobody can catch it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_token_that_was_taken_out_and_put_back_signs_again(device):
    key = token.make(Algorithm.ECDSA_P256)
    token._session.close()
    assert verifying.by_public_key(key.public_key, b"paper", key.sign(b"paper"))


@pytest.mark.parametrize(("setting", "value"), [("TOKEN_PIN", "0000"), ("TOKEN_LABEL", "other")])
def test_what_is_wrong_is_told_without_the_pin(device, setting, value):
    setattr(device, setting, value)
    with pytest.raises(Unavailable, match="YIZHAN_TOKEN_") as told:
        token.make(Algorithm.ECDSA_P256)
    assert told.value.__cause__ is None and value not in str(told.value)


def test_a_device_that_never_answers_is_left_and_whoever_comes_next_does_not_wait(double_device, monkeypatch):
    key = token.make(Algorithm.ECDSA_P256)
    answers, asked = threading.Event(), []

    def hanging(*_more):
        asked.append(threading.current_thread())
        answers.wait()
        return b""

    monkeypatch.setattr(token, "_signature", hanging)
    monkeypatch.setattr(token, "SECONDS", 0.05)
    for _time in range(3):
        with pytest.raises(Unavailable, match="TimeoutError"):
            key.sign(b"paper")
    assert len(asked) == 1, "nobody else waits beside the one who waits already"
    answers.set()
    asked[0].join()
    monkeypatch.undo()
    assert verifying.by_public_key(key.public_key, b"paper", key.sign(b"paper"))


def test_a_card_that_takes_long_for_a_new_key_is_waited_for(double_device, monkeypatch):
    made, asked = token._generate, threading.Event()

    def slow(*arguments):
        asked.wait(0.2)
        return made(*arguments)

    monkeypatch.setattr(token, "_generate", slow)
    monkeypatch.setattr(token, "SECONDS", 0.05)
    key = token.make(Algorithm.ECDSA_P256)
    monkeypatch.undo()
    assert verifying.by_public_key(key.public_key, b"paper", key.sign(b"paper"))


def test_what_is_wrong_is_told_in_the_language_of_whoever_asked(double_device):
    double_device.TOKEN_PIN = "0000"
    with translation.override("en"), pytest.raises(Unavailable, match="does not answer"):
        token.make(Algorithm.ECDSA_P256)


def test_a_machine_that_has_no_thread_left_keeps_nobody_waiting(double_device, monkeypatch):
    key = token.make(Algorithm.ECDSA_P256)

    def start(_thread):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        with pytest.raises(RuntimeError):
            key.sign(b"paper")
    monkeypatch.setattr(token, "SECONDS", 1.0)
    assert verifying.by_public_key(key.public_key, b"paper", key.sign(b"paper"))


def test_a_module_that_is_not_there(settings):
    settings.TOKEN_MODULE = "/nowhere/token.so"
    with pytest.raises(Unavailable):
        token.make(Algorithm.ECDSA_P256)


def test_a_key_that_is_not_in_the_token(device):
    key = token.make(Algorithm.ECDSA_P256)
    with pytest.raises(Unavailable, match="NoSuchKey"):
        token.TokenKey(key.algorithm, key.public_key, "yizhan-0").sign(b"paper")
