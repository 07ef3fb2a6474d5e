"""What can be wrong with keys and certificates 问题; each says it in a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.keys.algorithms import Family


class KeysFault(Exception):
    """Something of the room cannot be done; the text says what and why."""


class Unavailable(KeysFault):
    """This machine cannot do it: no SM2 here, no token, a device that does not answer."""


class Unopenable(KeysFault):
    """A kept key cannot be opened with the secret of this installation."""


class NoAuthority(KeysFault):
    """The authority of a family was never founded, or its certificates have ended."""


class IssuerGone(NoAuthority):
    """The issuing certificate of a family was revoked or has ended: whoever runs the house founds it anew."""

    def __init__(self, family: Family) -> None:
        super().__init__(
            _("%(family)s的签发证书已撤销或失效，请系统管理员运行 ./yizhan keys found 重新建立证书认证。")
            % {"family": family.label}
        )


class Refused(KeysFault):
    """It may not be: revoked already, renewed already, from another authority."""
