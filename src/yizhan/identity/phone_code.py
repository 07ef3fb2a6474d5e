"""Codes sent to phones 短信验证码: six digits, five minutes, five tries.

Every number is treated alike, known or not, so nobody learns who has an account. A code is known to the
receiver only: a keyed hash is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan import clock, journal
from yizhan.identity import phone as numbers
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, PhoneCode
from yizhan.journal.models import News

GOOD_FOR = timedelta(minutes=5)
MOST_TRIES = 5
PAUSE = timedelta(minutes=1)
PER_HOUR = 5
LOG_IN, CONTACT = "log in", "contact"
"""What a code proves: that somebody may come in by this number, or that a number to be noted is theirs."""
HOUSE = "house:phone_codes"
"""The subject under which the journal tells that the house's own limit was reached."""
_HOUR = timedelta(hours=1)


class TooSoon(Refused):
    """A code was asked for too often; ``wait`` says when the next may be."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = _minutes(wait)
        super().__init__(
            ngettext(
                "验证码请求过于频繁，请 %(n)s 分钟后再试", "验证码请求过于频繁，请 %(n)s 分钟后再试", minutes
            )
            % {"n": minutes}
        )


class HouseBusy(Refused):
    """The whole house has sent as many codes within an hour as it may; ``wait`` says when it goes on."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = _minutes(wait)
        super().__init__(
            ngettext(
                "现在请求验证码的人太多，暂时不能发送，请 %(n)s 分钟后再试；急需办理的，可到政务服务窗口",
                "现在请求验证码的人太多，暂时不能发送，请 %(n)s 分钟后再试；急需办理的，可到政务服务窗口",
                minutes,
            )
            % {"n": minutes}
        )


def _minutes(wait: timedelta) -> int:
    """A wait in whole minutes, as it is told: rounded up, one at least."""
    return max(1, -(-round(wait.total_seconds()) // 60))


class WrongCode(Refused):
    """Not the code that was sent, or too late, or tried too often."""

    def __init__(self) -> None:
        super().__init__(_("验证码不正确或已过期，请核对后重试，或重新获取"))


def issue(phone: str, *, address: str | None = None, purpose: str = LOG_IN) -> str:
    """Make a code for a number; the caller sends it. Earlier codes of the number are void.

    Args:
        phone: as typed; see :func:`yizhan.identity.phone.normal`.
        purpose: what it is to prove; it proves nothing else.
        address: where it is asked from. One address may ask as often as
            ``settings.PHONE_CODES_PER_ADDRESS`` says, since a service hall shares one.

    Raises:
        Refused: no such number can exist.
        TooSoon: less than a minute after the last, or the sixth within an hour, or too many from there.
        HouseBusy: all together asked for more than ``settings.PHONE_CODES_PER_HOUR``; the journal tells it once an
            hour. The caller answers and lets the transaction commit.
    """
    number = numbers.normal(phone)
    _check_house()
    code = f"{secrets.randbelow(1_000_000):06d}"
    now = timezone.now()
    with transaction.atomic():
        _one_at_a_time(number)
        _check_pace(number, address)
        PhoneCode.objects.filter(phone=number, used_at=None, expires_at__gt=now).update(expires_at=now)
        PhoneCode.objects.create(
            phone=number,
            hash=_hash(number, code, purpose),
            address=address,
            issued_at=now,
            expires_at=now + GOOD_FOR,
        )
    return code


def sent_lately() -> int:
    """How many codes the house has sent within the last hour."""
    return PhoneCode.objects.filter(issued_at__gt=timezone.now() - _HOUR).count()


def redeem(phone: str, code: str) -> Account:
    """The citizen's account behind a number, made when the number comes for the first time.

    Raises:
        Refused: no such number can exist, or the account is closed.
        WrongCode: see :func:`prove`.
    """
    return _account(prove(phone, code, purpose=LOG_IN))


def prove(phone: str, code: str, *, purpose: str) -> str:
    """The number, in its one form, if whoever typed the code got it there for this purpose.

    A try counts even if it fails: the caller answers with the error's words and lets the transaction
    commit.

    Raises:
        Refused: no such number can exist.
        WrongCode: not the code, or too late, or tried too often.
    """
    found = _tried(phone, code, purpose)
    _spend([found])
    return found.phone


def wrong(tries: Sequence[tuple[str, str]], *, purpose: str) -> list[int]:
    """Which of several codes, each with its number, are wrong, by their places; with none wrong all are spent.

    A try counts for each, as with :func:`prove`.
    """
    right, places = [], []
    for place, (phone, code) in enumerate(tries):
        try:
            right.append(_tried(phone, code, purpose))
        except Refused:
            places.append(place)
    if not places:
        _spend(right)
    return places


def _tried(phone: str, code: str, purpose: str) -> PhoneCode:
    number = numbers.normal(phone)
    _one_at_a_time(number)
    sent = (
        PhoneCode.objects.filter(phone=number, used_at=None, expires_at__gt=timezone.now())
        .order_by("-issued_at")
        .first()
    )
    if sent is None or sent.tries >= MOST_TRIES:
        raise WrongCode
    PhoneCode.objects.filter(id=sent.id).update(tries=F("tries") + 1)
    if not constant_time_compare(sent.hash, _hash(number, "".join(code.split()), purpose)):
        raise WrongCode
    return sent


def _spend(found: Iterable[PhoneCode]) -> None:
    PhoneCode.objects.filter(id__in=[one.pk for one in found]).update(used_at=timezone.now())


def _account(number: str) -> Account:
    account = Account.objects.filter(kind=Account.Kind.CITIZEN, phone=number).first()
    if account is None:
        account = Account(kind=Account.Kind.CITIZEN, phone=number, name=_nameless(number))
        account.set_unusable_password()
        with transaction.atomic():
            account.save()
            journal.write("account.opened", subject=account.subject, actor=account.subject)
    if not account.is_active:
        raise Refused(_("此账户已停用，如有疑问请到政务服务窗口咨询"))
    return account


def _nameless(number: str) -> str:
    """What a citizen is called until the real name is known."""
    return f"{number[:-8]}****{number[-4:]}"


def _check_pace(number: str, address: str | None) -> None:
    now = timezone.now()
    hour = Q(issued_at__gt=now - timedelta(hours=1))
    lately = list(
        PhoneCode.objects.filter(hour, phone=number)
        .order_by("-issued_at")
        .values_list("issued_at", flat=True)
    )
    if lately and now - lately[0] < PAUSE:
        raise TooSoon(PAUSE - (now - lately[0]))
    if len(lately) >= PER_HOUR:
        raise TooSoon(lately[PER_HOUR - 1] + timedelta(hours=1) - now)
    if address is None:
        return
    most: int = settings.PHONE_CODES_PER_ADDRESS
    from_there = PhoneCode.objects.filter(hour, address=address).order_by("-issued_at")
    oldest = from_there.values_list("issued_at", flat=True)[most - 1 : most].first()
    if oldest is not None:
        raise TooSoon(oldest + timedelta(hours=1) - now)


def _check_house() -> None:
    """Who sends from many addresses to many numbers spends the district's money and fills phones."""
    most: int = settings.PHONE_CODES_PER_HOUR
    now = timezone.now()
    lately = PhoneCode.objects.filter(issued_at__gt=now - _HOUR).order_by("-issued_at")
    oldest = lately.values_list("issued_at", flat=True)[most - 1 : most].first()
    if oldest is None:
        return
    told = News.objects.filter(subject=HOUSE).order_by("-id").values_list("at", flat=True).first()
    if told is None or clock.now() - told >= _HOUR:
        journal.write("phone_code.limit_reached", subject=HOUSE, limit=most)
    raise HouseBusy(oldest + _HOUR - now)


def _one_at_a_time(number: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('identity_phone_code'), hashtext(%s))", [number]
        )


def _hash(number: str, code: str, purpose: str) -> str:
    return salted_hmac(f"yizhan phone code: {purpose}", f"{number}:{code}", algorithm="sha256").hexdigest()
