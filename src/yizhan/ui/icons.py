"""Icons 图标: one drawing each in the sprite that the front-end build makes of the names it finds."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from yizhan.ui.manifest import asset


def icon(name: str, label: str | None = None) -> Markup:
    """An icon of the Tabler set; ``label`` is read aloud, without it the icon is decoration.

    The build collects names written as text in ``icon("…")`` or ``icon="…"``. Before it has run, nothing
    is drawn and the label is plain text.
    """
    return _drawn(asset("icons.svg"), name, label)


@lru_cache(maxsize=1024)
def _drawn(sprite: str | None, name: str, label: str | None) -> Markup:
    if sprite is None or not name:
        return Markup("<span>{}</span>").format(label) if label else Markup("")
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {}><use href="{}#i-{}"></use></svg>').format(spoken, sprite, name)
