"""Titles of posts that were written down in Chinese 岗位名称, on an English page: where a post has an English one."""

from __future__ import annotations

from collections.abc import Collection

from yizhan.identity.models import Post
from yizhan.ui.language import in_english


def english_titles(titles: Collection[str]) -> dict[str, str]:
    """English titles by the Chinese ones; one statement, and none on a Chinese page."""
    if not titles or not in_english():
        return {}
    found = Post.objects.filter(title__in=titles).exclude(title_en="").order_by("-id")
    return dict(found.values_list("title", "title_en"))
