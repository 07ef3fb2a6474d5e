"""What is expected of sealed files 对照集预期: verdict, reason, moment; as many spellings as makers of suites have."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from yizhan import clock
from yizhan.seals.found import Why

ALL_IN_ONE = ("expected.json", "expectations.json", "manifest.json", "cases.json")
_LARGEST = 8 * 1024 * 1024
_VERDICT = ("verdict", "valid", "holds", "ok", "expected", "expect", "result", "status")
_REASON = ("reason", "reasons", "why", "code")
_MOMENT = ("at", "moment", "time", "validation_time")
_YES = {
    "valid", "true", "ok", "holds", "hold", "pass", "passed", "good", "genuine", "accept", "accepted", "yes", "1",
}  # fmt: skip
_NO = {
    "invalid", "false", "fail", "fails", "failed", "bad", "forged", "reject", "rejected", "refuse", "refused", "no", "0",
    "broken",
}  # fmt: skip
_SAME = {
    "tampered": Why.ALTERED, "modified": Why.ALTERED, "digest_mismatch": Why.ALTERED, "changed": Why.CHANGED_AFTER,
    "modified_after": Why.CHANGED_AFTER, "modified_after_signing": Why.CHANGED_AFTER, "trailing_data": Why.APPENDED,
    "appended_data": Why.APPENDED, "unsigned": Why.UNSEALED, "no_signature": Why.UNSEALED,
    "wrong_signature": Why.BAD_SIGNATURE,
    "invalid_signature": Why.BAD_SIGNATURE, "untrusted_root": Why.UNTRUSTED, "unknown_issuer": Why.UNTRUSTED,
    "untrusted_signer": Why.UNTRUSTED, "wrong_key_usage": Why.WRONG_PURPOSE, "key_usage": Why.WRONG_PURPOSE,
    "untrusted_timestamp": Why.UNTRUSTED_TIME, "weak_algorithm": Why.WEAK, "corrupt": Why.DAMAGED,
    "unreadable": Why.NOT_A_PDF,
    "no_revocation": Why.REVOCATION_UNKNOWN, "not_yet": Why.NOT_YET_VALID,
}  # fmt: skip
"""Other spellings of reasons, for suites that were not written for this house."""


@dataclass(frozen=True)
class Wanted:
    """A verdict; reasons, of which any will do, and every one where none is named; the moment, now where none is named."""

    holds: bool
    reasons: frozenset[str]
    at: datetime | None

    def __str__(self) -> str:
        verdict = "valid" if self.holds else "invalid"
        return f"{verdict}: {'|'.join(sorted(self.reasons))}" if self.reasons else verdict


def says_a_verdict(file: Path) -> bool:
    """Whether a file beside no PDF expects something of one."""
    try:
        said = _parsed(file)
    except (ValueError, OSError):
        return False
    return isinstance(said, dict) and any(key in said for key in _VERDICT)


def wanted(file: Path, suite: Path) -> Wanted:
    """What is expected of a file.

    Raises:
        ValueError: nothing, or nothing that can be read.
    """
    for beside in (file.with_suffix(".json"), Path(f"{file}.json"), file.with_suffix(".expected.json")):
        if beside.is_file():
            return _read_one(_parsed(beside))
    for folder in (file.parent, suite):
        for name in ALL_IN_ONE:
            if (folder / name).is_file():
                return _read_one(_of_all(_parsed(folder / name), file, folder))
    raise ValueError(f"there is no {file.stem}.json")


def _parsed(file: Path) -> Any:
    if file.stat().st_size > _LARGEST:
        raise ValueError(f"{file.name} is larger than any expectation")
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except RecursionError:
        raise ValueError(f"{file.name} is nested too deeply") from None
    except ValueError as fault:
        raise ValueError(f"{file.name} is no JSON: {fault}") from fault


def _of_all(said: Any, file: Path, folder: Path) -> Any:
    """One file's part of what is said of all: by name, or in a list of things that name it."""
    names = {
        file.name,
        file.stem,
        str(file.relative_to(folder)),
        str(file.relative_to(folder).with_suffix("")),
    }
    held = next(
        (said[key] for key in ("files", "cases", "expected") if isinstance(said, dict) and key in said), said
    )
    if isinstance(held, Mapping):
        found = next((held[name] for name in names if name in held), None)
    else:
        found = next(
            (one for one in held if names & {str(one.get(key)) for key in ("file", "name", "pdf")}), None
        )
    if found is None:
        raise ValueError("nothing is said of it")
    return found


def _read_one(said: Any) -> Wanted:
    if not isinstance(said, Mapping):
        said = {"verdict": said}
    verdict = next((said[key] for key in _VERDICT if said.get(key) is not None), None)
    holds = _spelled(verdict)
    if holds in _YES or holds in _NO:
        reason = next((said[key] for key in _REASON if said.get(key)), None)
        at = next((said[key] for key in _MOMENT if said.get(key)), None)
        return Wanted(holds in _YES, _reasons(reason), clock.parse(str(at)) if at else None)
    if holds in set(Why) | set(_SAME):  # the reason in the place of the verdict
        return Wanted(False, _reasons(verdict), None)
    raise ValueError(f"{verdict!r} is no verdict")


def _reasons(said: Any) -> frozenset[str]:
    if said is None:
        return frozenset()
    many = said if isinstance(said, list) else re.split(r"[|,]", str(said))
    spelled = (_spelled(one) for one in many)
    return frozenset(
        str(_SAME.get(one, one)) for one in spelled if one and one not in ("null", "none", "any", "*")
    )


def _spelled(said: Any) -> str:
    return re.sub(r"[\s\-]+", "_", str(said).strip().lower())
