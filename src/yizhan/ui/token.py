"""The token that every form bears 表单令牌: masked once for a page, not once for each of its forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject


def of_forms(request: HttpRequest) -> dict[str, Any]:
    """Made when the first form asks for it: a page without forms sets no cookie.

    Compressed pages differ as long as the mask changes from page to page; that forms of one page share it tells nobody
    anything. A page of ten forms would otherwise spend a tenth of its time on dice.
    """
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}
