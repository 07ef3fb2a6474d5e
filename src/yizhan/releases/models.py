"""Rows of releases: what was published stays as it was, for as long as a case stands on it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar, cast

from django.db import models
from pydantic import BaseModel

from yizhan import clock
from yizhan.releases.kinds import house
from yizhan.releases.manifest import Manifest

M = TypeVar("M", bound=BaseModel)


class Release(models.Model):
    """One published version of a pack 发布版本. Immutable: a changed file is a new row."""

    pack = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "version"], name="releases_release_version"),
        ]

    def __str__(self) -> str:
        """Pack and version, such as ``elderly_allowance 3``."""
        return f"{self.pack} {self.version}"

    @property
    def manifest(self) -> Manifest:
        """The head of the pack in this version."""
        return Manifest.model_validate(self.content["manifest"])

    def keys(self, kind: str) -> list[str]:
        """The definitions of a kind that this release holds."""
        return list(self.content["definitions"].get(kind, {}))

    def raw(self, kind: str, key: str) -> Any:
        """A definition as it was written.

        Raises:
            KeyError: the release holds no such definition.
        """
        return self.content["definitions"][kind][key]


class Current(models.Model):
    """Which release of a pack new cases begin with 现行版本."""

    pack = models.CharField(max_length=60, primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")


def current(pack: str) -> Release:
    """The release in force.

    Raises:
        Current.DoesNotExist: the pack was never published.
    """
    return Current.objects.select_related("release").get(pack=pack).release


@lru_cache(maxsize=512)
def release(release_id: int) -> Release:
    """A release by its id; kept in memory, since it never changes.

    Raises:
        Release.DoesNotExist: there is none.
    """
    return Release.objects.get(id=release_id)


def definition(release_id: int, kind: str, key: str, shape: type[M]) -> M:
    """A definition of a release, as its room's model; parsed once per process.

    Raises:
        KeyError: the release holds no such definition.
        Release.DoesNotExist: there is no such release.
    """
    return cast(M, _definition(release_id, kind, key))


@lru_cache(maxsize=4096)
def _definition(release_id: int, kind: str, key: str) -> BaseModel:
    model = house.get(kind).model
    if model is None:
        raise KeyError(f"{kind} is kept as text")
    return model.model_validate(release(release_id).raw(kind, key))
