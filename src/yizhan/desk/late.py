"""The desk's forms that come too late 迟到的表单: reasons and opinions are long, and a log-in ends after a pause.

Colleagues may share a computer and see the same cases, so a form bears the mark of whoever types it, and its words are
shown to nobody else (``identity.late``).
"""

from __future__ import annotations

from yizhan.identity.late import LateForms, mark

__all__ = ["comes_back", "mark", "typed"]

_FORMS = LateForms("account_login", marked=True)
comes_back, typed = _FORMS.comes_back, _FORMS.typed
