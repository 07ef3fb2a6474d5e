"""Rows of identity, one file per subject."""

from yizhan.identity.models.account import Account
from yizhan.identity.models.delegation import Delegation
from yizhan.identity.models.login import Lockout, PhoneCode, SecondFactorReset, SetUpLink, SpentCode
from yizhan.identity.models.mandate import Mandate
from yizhan.identity.models.post import Appointment, Post
from yizhan.identity.models.presence import Presence, RightsVersion
from yizhan.identity.models.role import Role, RoleGrant
from yizhan.identity.models.unit import Unit

__all__ = [
    "Account",
    "Appointment",
    "Delegation",
    "Lockout",
    "Mandate",
    "PhoneCode",
    "Post",
    "Presence",
    "RightsVersion",
    "Role",
    "RoleGrant",
    "SecondFactorReset",
    "SetUpLink",
    "SpentCode",
    "Unit",
]
