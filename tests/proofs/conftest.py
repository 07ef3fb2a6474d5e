"""A product of its own for each file of proofs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.product import Product


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    """A running empty district; a proof that stops it starts it again."""
    with Product("--empty", copied=True) as running:
        yield running
