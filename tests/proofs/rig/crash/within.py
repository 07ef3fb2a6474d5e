"""What is asked of the product from within: ``python -m tests.proofs.rig.crash.within prepare | look``.

A process of its own, since it lives on that product's variables.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import django

from tests.benchmarks.rig.knocking import PASSWORD, secret_of
from tests.proofs.rig.crash import pack, people
from yizhan.cli import environment
from yizhan.cli.places import HOME


def prepare() -> None:
    """Publish the service, employ its staff."""
    from allauth.mfa.totp.internal.auth import TOTP  # noqa: PLC0415 (models need Django)

    from yizhan.demo import organisation  # noqa: PLC0415
    from yizhan.identity import accounts, scope  # noqa: PLC0415
    from yizhan.identity.models import Role  # noqa: PLC0415
    from yizhan.releases import pack as packs  # noqa: PLC0415
    from yizhan.releases import publishing  # noqa: PLC0415

    with scope.service():
        publishing.publish(packs.read(pack.written(HOME / "packs")), by="system")
        roles = {role.code: role for role in Role.objects.all()}
        for name, (unit, role) in people.staff().items():
            place = organisation.Place(unit, name, "科员", "Officer", roles=((role, "own_unit"),))
            account = organisation.employ(name, "何敏仪", place, roles)
            accounts.change_password(account, PASSWORD)
            TOTP.activate(account, secret_of(name))


def look() -> None:
    """Say whether all cases are sound."""
    from yizhan.cases import soundness  # noqa: PLC0415
    from yizhan.identity import scope  # noqa: PLC0415

    with scope.service():
        found = soundness.look()
    sys.stdout.write(json.dumps(asdict(found)))


if __name__ == "__main__":
    environment.become(environment.as_application(environment.database()))
    django.setup()
    {"prepare": prepare, "look": look}[sys.argv[1]]()
