"""A sheet against its schema 交叉核对, before anything is published: all faults at once, each in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.forms import matching, schema, sources
from yizhan.forms.reaching import Asked, unreachable
from yizhan.forms.schema import Outline
from yizhan.forms.sheet import FieldSheet, Sheet
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source

_PARTS_OF_A_DAY = ("year", "month", "day", "weekday")


def check_schema(source: Source, pack: Pack) -> Iterator[Fault]:
    """A schema on its own, and whether it has a sheet."""
    for wrong in schema.faults(source.raw):
        yield source.fault(wrong.path, wrong.message, suggestion=wrong.suggestion)
    file = f"forms/{source.key}.ui.yaml"
    if not (pack.folder / file).exists():
        yield source.fault("", _("缺少同名的布局文件 %(file)s") % {"file": file})


def check_sheet(source: Source, pack: Pack) -> Iterator[Fault]:
    """A sheet against its schema, unless that has faults of its own."""
    file = f"forms/{source.key}.schema.json"
    if not (pack.folder / file).exists():
        yield source.fault("", _("缺少同名的数据结构文件 %(file)s") % {"file": file})
    written = pack.of("form_schema").get(source.key)
    if written and isinstance(source.model, Sheet) and not any(schema.faults(written.raw)):
        yield from Check(source, source.model, schema.outline(written.raw), sources.house).run()


@dataclass
class Check:
    """One look at one form; ``known`` grows while the questions are read in order."""

    source: Source
    sheet: Sheet
    outline: Outline
    sources: sources.Sources
    asked: dict[str, Asked] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def run(self) -> list[Fault]:
        """Everything that is wrong."""
        self._keys()
        self._facts()
        for s, section in enumerate(self.sheet.sections):
            place = f"sections[{s}]"
            self._condition(section.visible, f"{place}.visible", self.known)
            for p, page in enumerate(section.pages):
                inner = f"{place}.pages[{p}]"
                self._condition(page.visible, f"{inner}.visible", self.known)
                above = frozenset(condition for condition in (section.visible, page.visible) if condition)
                for number, written in enumerate(page.fields):
                    self._question(written, f"{inner}.fields[{number}]", written.path, above, self.known)
        self._demands()
        self._rules()
        for path in self.outline.spots:
            if (
                path not in self.asked
                and path.rpartition("[].")[0] not in self.outline.spots.keys() - self.asked
            ):
                self._say("sections", _("schema 的 %(path)s 没有对应的填写项") % {"path": path})
        for asked in unreachable(self.asked, self.outline):
            self._say(
                f"{asked.place}.visible",
                _("schema 规定 %(path)s 必填，它却可能不出现") % {"path": asked.path},
                _("请从 schema 的 required 去掉，改在这里写 required 条件"),
            )
        return self.faults

    def _say(self, path: str, message: str, suggestion: str = "", *, warn: bool = False) -> None:
        weight: Literal["error", "warning"] = "warning" if warn else "error"
        self.faults.append(self.source.fault(path, message, suggestion=suggestion, weight=weight))

    def _keys(self) -> None:
        keys = [section.key for section in self.sheet.sections]
        for s, key in _repeated(keys):
            self._say(f"sections[{s}].key", _("部分 %(key)s 出现两次") % {"key": key})
        pages = [
            (f"sections[{s}].pages[{p}].key", page.key)
            for s, section in enumerate(self.sheet.sections)
            for p, page in enumerate(section.pages)
        ]
        for number, key in _repeated([key for _place, key in pages]):
            self._say(pages[number][0], _("页 %(key)s 出现两次") % {"key": key})
        if self.sheet.print_order and sorted(self.sheet.print_order) != sorted(keys):
            hint = _("可用：%(words)s") % {"words": ", ".join(keys)}
            self._say("print_order", _("打印顺序须把每个部分恰好列出一次"), hint)

    def _facts(self) -> None:
        names = {path.split(".")[0].split("[")[0] for path in self.outline.spots}
        for number, wanted in enumerate(self.sheet.facts):
            place = f"facts[{number}]"
            if wanted.name in names:
                self._say(f"{place}.name", _("事实 %(name)s 与填写项同名") % {"name": wanted.name})
            if wanted.name in self.known:
                self._say(f"{place}.name", _("事实 %(name)s 出现两次") % {"name": wanted.name})
            self._source(wanted.source, wanted.fact, place)
            self.known |= {wanted.name, f"{wanted.name}.*"}

    def _source(self, source: str, fact: str, place: str) -> None:
        if source not in self.sources.names():
            message = _("没有登记过数据来源 %(source)s，未能核对 %(fact)s") % {"source": source, "fact": fact}
            self._say(
                f"{place}.source",
                message,
                did_you_mean(source, self.sources.names()),
                warn=not self.sources.names(),
            )
        elif fact not in self.sources.facts(source):
            message = _("数据来源 %(source)s 没有 %(fact)s") % {"source": source, "fact": fact}
            self._say(f"{place}.fact", message, did_you_mean(fact, self.sources.facts(source)))

    def _question(
        self, written: FieldSheet, here: str, path: str, above: frozenset[str], known: set[str]
    ) -> None:
        in_row = "[]." in path
        self._condition(written.visible, f"{here}.visible", known)
        own = frozenset({written.visible} if written.visible else ())
        if path in self.asked:
            self._say(f"{here}.path", _("%(path)s 已经问过一次") % {"path": path})
        self.asked.setdefault(path, Asked(path, here, written, above | own))
        spot = self.outline.spots.get(path)
        if spot is None:
            message = _("schema 里没有 %(path)s") % {"path": path}
            self._say(f"{here}.path", message, did_you_mean(path, self.outline.spots))
        wrongs = [*matching.of_widget(written, in_row=in_row)]
        wrongs += matching.against_schema(written, spot) if spot else []
        for wrong in wrongs:
            self._say(f"{here}.{wrong.path}", wrong.message, wrong.suggestion)
        if written.bind is not None:
            self._source(written.bind.source, written.bind.fact, f"{here}.bind")
        row = set(known)
        for number, inner in enumerate(written.fields):
            self._question(inner, f"{here}.fields[{number}]", f"{path}[].{inner.path}", frozenset(), row)
        known.update(_names_of(written))

    def _condition(self, source: str | None, place: str, known: set[str]) -> None:
        if source is None:
            return
        try:
            expression = feel.expression(source)
        except feel.SyntaxFault as fault:
            self._say(place, _("条件写错了：%(why)s") % {"why": fault.said(get_language() or "zh-hans")})
            return
        if endless := feel.endless(expression):
            self._say(place, _("条件写错了：%(why)s") % {"why": endless.said(get_language() or "zh-hans")})
        for path in sorted(expression.paths):
            if not _is_known(path, known):
                later = any(spot == path or spot.startswith(f"{path}.") for spot in self.outline.spots)
                message = (
                    _("条件只能用前面问过的项，%(name)s 在后面") if later else _("条件里的 %(name)s 无人提供")
                )
                self._say(place, message % {"name": path}, "" if later else did_you_mean(path, known))

    def _demands(self) -> None:
        """What makes an answer demanded may look at the whole form: either-or needs both directions."""
        for asked in self.asked.values():
            group, inside, _name = asked.path.rpartition("[].")
            row = self.asked[group].sheet.fields if inside and group in self.asked else []
            names = set[str]().union(self.known, *(_names_of(inner) for inner in row))
            self._condition(asked.sheet.required, f"{asked.place}.required", names)

    def _rules(self) -> None:
        for number, rule in enumerate(self.sheet.rules):
            self._condition(rule.must, f"rules[{number}].must", self.known)
            if rule.at not in self.asked:
                message = _("没有填写项 %(path)s") % {"path": rule.at}
                self._say(f"rules[{number}].at", message, did_you_mean(rule.at, self.asked))


def _names_of(written: FieldSheet) -> set[str]:
    """What conditions may call an answer: itself, the parts of a day, the columns of a group."""
    names = {written.path}
    if written.widget == "date":
        names |= {f"{written.path}.{part}" for part in _PARTS_OF_A_DAY}
    for inner in written.fields:
        names |= {f"{written.path}.{name}" for name in _names_of(inner)}
    return names


def _is_known(path: str, known: Iterable[str]) -> bool:
    """A name, an object around one, or anything inside a fact: what that holds, its source knows."""
    return any(
        path == name
        or name.startswith(f"{path}.")
        or (name.endswith(".*") and path.startswith(name.removesuffix("*")))
        for name in known
    )


def _repeated(keys: list[str]) -> list[tuple[int, str]]:
    return [(number, key) for number, key in enumerate(keys) if key in keys[:number]]
