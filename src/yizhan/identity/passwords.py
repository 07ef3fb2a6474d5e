"""Passwords 密码: how they are hashed, and which are refused."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yizhan.ui.language import in_english

SHORTEST = 8
LONGEST = 128


class Argon2(Argon2PasswordHasher):
    """Argon2id with the second set of OWASP's parameters: 19 MiB, two rounds, one lane.

    Django's own set takes 100 MiB and ten times the time: 5,500 people who log in within a quarter of an
    hour are 6.1 a second, and may not cost a core.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class LongEnough:
    """At least 8 characters (ASVS 5.0, 6.2.1), at most 128."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what is too short or endless.

        Raises:
            ValidationError: it is.
        """
        if len(password) < SHORTEST:
            raise ValidationError(_("密码至少 %(n)s 位") % {"n": SHORTEST}, code="too_short")
        if len(password) > LONGEST:
            raise ValidationError(_("密码最多 %(n)s 位") % {"n": LONGEST}, code="too_long")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("至少 %(n)s 位，可以用一句话") % {"n": SHORTEST}


class NotCommon:
    """Not one of the passwords that everybody tries first, whatever digits and signs surround it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse common words and mere sequences.

        Raises:
            ValidationError: it is one of them.
        """
        tried_first = not _common().isdisjoint(_words(password))
        if tried_first or len(set(password)) <= 2 or _is_sequence(password):
            raise ValidationError(_("这个密码太常见，很容易被猜到，请换一个"), code="too_common")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("不能是常见密码、连续字符或重复字符")


class NotPersonal:
    """Not made of the user name, the phone number or the birthday and number in the document."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that contains what others know about the person.

        Raises:
            ValidationError: it contains it.
        """
        low = password.lower()
        for known in _known_about(user):
            if len(known) >= 4 and known in low:
                raise ValidationError(_("密码中不能包含用户名、手机号或证件号码"), code="too_personal")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("不能包含用户名、手机号或证件号码")


class Complex:
    """Three of four kinds of characters, as assessors of GB/T 22239-2019 (8.1.4.1) ask for."""

    KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse fewer than three kinds.

        Raises:
            ValidationError: fewer.
        """
        if sum(re.search(kind, password) is not None for kind in self.KINDS) < 3:
            raise ValidationError(
                _("密码须包含大写字母、小写字母、数字、符号中的至少三种"), code="too_simple"
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("须包含大写字母、小写字母、数字、符号中的至少三种")


def rules() -> str:
    """All rules in one line, for the form that asks for a password."""
    return ("; " if in_english() else "；").join(str(text) for text in password_validators_help_texts())


_SIGNS_FOR_LETTERS = str.maketrans("@$013457", "asoieast")


def _words(password: str) -> set[str]:
    """The password itself, and the word in it: ``P@ssw0rd2026!`` → ``password``, ``Admin@26`` → ``admin``."""
    whole = password.lower()
    letters = re.sub(r"^[^a-z]+|[^a-z]+$", "", whole)
    disguised = re.sub(r"^[^a-z]+|[^a-z@$]+$", "", whole).translate(_SIGNS_FOR_LETTERS)
    return {whole, letters, disguised}


def _is_sequence(password: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def _known_about(user: Any) -> list[str]:
    number = getattr(user, "document_number", "") or ""
    texts = [
        getattr(user, "username", "") or "",
        getattr(user, "phone", "") or "",
        (getattr(user, "email", "") or "").partition("@")[0],
        number,
        number[6:14],
        number[-6:],
    ]
    return [text.lower() for text in texts]


@cache
def _common() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
