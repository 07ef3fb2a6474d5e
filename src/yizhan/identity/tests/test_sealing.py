"""Secrets in the database are readable with the house's keys only, present and former."""

from __future__ import annotations

import pytest

from yizhan.identity import sealing


def test_a_sealed_text_is_not_in_what_is_kept_and_comes_back():
    sealed = sealing.seal("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert sealed != sealing.seal("JBSWY3DPEHPK3PXP")
    assert sealing.unseal(sealed) == "JBSWY3DPEHPK3PXP"


def test_a_former_key_still_opens_and_a_strange_one_does_not(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the first key", []
    sealed = sealing.seal("secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the second key", ["the first key"]
    assert sealing.unseal(sealed) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.Unopenable, match="YIZHAN_SECRET_KEY_FALLBACKS"):
        sealing.unseal(sealed)
