"""Opening, changing and closing accounts 账户: staff's, citizens', and the links that open them."""

from yizhan.identity.accounts.citizens import (
    RESIDENT_ID,
    change_own_phone,
    give_up_document,
    replace_phone,
    seen_face_to_face,
    speak,
    verify_real_name,
)
from yizhan.identity.accounts.closing import deactivate
from yizhan.identity.accounts.opening import create_first_administrator, create_staff, describe
from yizhan.identity.accounts.passwords import (
    behind_set_up_link,
    change_password,
    make_set_up_link,
    set_up,
)

__all__ = [
    "RESIDENT_ID",
    "behind_set_up_link",
    "change_own_phone",
    "change_password",
    "create_first_administrator",
    "create_staff",
    "deactivate",
    "describe",
    "give_up_document",
    "make_set_up_link",
    "replace_phone",
    "seen_face_to_face",
    "set_up",
    "speak",
    "verify_real_name",
]
