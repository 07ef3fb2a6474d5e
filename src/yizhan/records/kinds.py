"""What packs may bring to this room: documents, each a definition and a template of the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.records import fonts, papers, typesetting, verification_code
from yizhan.records.documents import Document
from yizhan.records.models import Paper
from yizhan.records.printing import shown_on
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.kinds import Kind, announce
from yizhan.releases.pack import Pack, Source
from yizhan.workflow import references

# The press is the wall; these are refused early so that an author learns it at the desk.
_FORBIDDEN = {
    "eval": re.compile(r"\beval\s*\("),
    "plugin": re.compile(r"\bplugin\s*\("),
    "image": re.compile(r"\bimage\s*\(\s*\""),
    "read": re.compile(r"\b(?:read|csv|json|yaml|toml|xml|cbor|bibliography)\s*\(\s*\""),
    "import": re.compile(
        r"(?:#|^|[{;(])\s*(?:import|include)\b(?!\s*\"(?:letter|official|licence)\.typ\")", re.MULTILINE
    ),
}

_LETTER = re.compile(r"#import\s+\"letter\.typ\"")


def check_document(source: Source, pack: Pack) -> Iterable[Fault]:
    """A definition needs its template, and the template must work with the examples."""
    template = pack.of("template").get(source.key)
    if source.key not in pack.keys("template"):
        yield source.fault("", _("缺少同名的模板 documents/%(key)s.typ") % {"key": source.key})
    elif template and isinstance(source.model, Document) and not any(_forbidden(template)):
        yield from _tried(source.model, template)
        if source.model.english:
            yield from _tried(source.model, template, both=True)
    yield from _english_can_be_set(source, template)
    yield from _signed_by_somebody(source, pack)
    for number, basis in enumerate(source.model.basis if isinstance(source.model, Document) else ()):
        if not basis.verified:
            words = _("法律依据待核实：%(law)s") % {"law": basis.law}
            yield source.fault(f"basis[{number}]", words, weight="warning")


def _english_can_be_set(source: Source, template: Source | None) -> Iterator[Fault]:
    """English beneath the Chinese is set by ``letter.typ`` alone: another layout would leave it out, and tell nobody."""
    wanted = isinstance(source.model, Document) and source.model.english
    if wanted and template is not None and not _LETTER.search(template.raw):
        yield source.fault("english", _("只有引用 letter.typ 的样式能排英文，公文和证照只排中文"))


def _signed_by_somebody(source: Source, pack: Pack) -> Iterator[Fault]:
    """Who signs is a role that there is."""
    role = source.model.signed_by if isinstance(source.model, Document) else ""
    known = references.house.of(pack).get("role") if role else None
    if known and role not in known:
        message = _("没有角色 %(name)s") % {"name": role}
        yield source.fault("signed_by", message, suggestion=did_you_mean(role, known))


def check_template(source: Source, pack: Pack) -> Iterable[Fault]:
    """A template needs its definition and keeps to what is allowed."""
    if source.key not in pack.keys("paper"):
        yield source.fault("", _("缺少同名的定义 documents/%(key)s.yaml") % {"key": source.key})
    yield from _forbidden(source)


def _forbidden(template: Source) -> Iterator[Fault]:
    for word, pattern in _FORBIDDEN.items():
        if found := pattern.search(template.raw):
            yield Fault(
                template.file,
                "",
                _("模板中不能用 %(word)s") % {"word": word},
                _("只能引用 letter.typ、official.typ 或 licence.typ；数据从 data 取得"),
                line=template.raw.count("\n", 0, found.end()) + 1,
            )


def _tried(document: Document, template: Source, *, both: bool = False) -> Iterator[Fault]:
    """Set the paper with its examples and say what Typst says."""
    example = _example(document, both=both)
    sheet = typesetting.Sheet(template.raw, example.issued_at, example.data, shown_on(example))
    try:
        for warning in typesetting.house().warnings(sheet):
            yield template.fault("", warning, weight="warning")
        if document.signed_by and not _has_a_place_to_sign(sheet):
            advice = "signer: (data.signed_post, data.signed_name)"
            yield template.fault("", _("模板没有留出签名章的位置"), suggestion=advice)
    except fonts.FontsMissing as fault:
        yield template.fault("", str(fault), suggestion=_("未能试排此模板"), weight="warning")
    except typesetting.TemplateBroken as fault:
        words = _("模板排不出来：%(why)s") % {"why": fault.message}
        yield Fault(template.file, "", words, fault.hint, line=fault.line)
    except typesetting.TemplateTooHeavy as fault:
        yield template.fault("", str(fault), suggestion=_("请检查模板里的循环和页数"))
    except typesetting.TypesettingFailed as fault:
        yield template.fault("", str(fault))


def _has_a_place_to_sign(sheet: typesetting.Sheet) -> bool:
    return any(place.kind == "stamp" for place in typesetting.house().places(sheet))


def _example(document: Document, *, both: bool = False) -> Paper:
    return Paper(
        title=document.heading,
        number=document.number.replace("{mark}", "示例").replace("{year}", "2026").replace("{serial}", "1"),
        issuer="Example Bureau" if document.language == "en" else "示例局",
        issued_at=clock.now(),
        language=papers.BOTH if both else document.language,
        data=document.example(both=both),
        code="0" * verification_code.LENGTH,
    )


PAPER = announce(
    Kind(
        name="paper",
        folder="documents",
        suffix=".yaml",
        model=Document,
        check=check_document,
        purpose=("文书：名称、种类、文号规则、所需数据", "A paper: title, kind, numbering, data it wants"),
    )
)
TEMPLATE = announce(
    Kind(
        name="template",
        folder="documents",
        suffix=".typ",
        check=check_template,
        purpose=("文书版式（Typst），与定义同名", "The paper's layout (Typst), named like its definition"),
    )
)
