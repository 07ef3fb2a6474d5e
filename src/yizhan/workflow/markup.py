"""Reading XML from strangers 读取 XML: no document type, no entities, bounded in size, depth and number.

Elements keep their line, so that a fault can be found in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from yizhan import feel

LARGEST = 5_000_000
DEEPEST = 60
MOST_ELEMENTS = 100_000
_BETWEEN = "\n"  # stands in no namespace


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: the line from 1, and its id where it bears one."""

    line: int
    id: str = ""

    def __str__(self) -> str:
        """As people look for it."""
        return f"{self.line} #{self.id}" if self.id else str(self.line)


class MarkupFault(feel.Fault):
    """A file cannot be read.

    Attributes:
        place: the element that is to blame.
        matter: the fault without its place, in English, to count faults of one kind; ``matter_zh`` in Chinese.
    """

    def __init__(self, place: Place, zh: str, en: str) -> None:
        super().__init__(zh=f"第 {place} 行：{zh}", en=f"line {place}: {en}")
        self.place, self.matter, self.matter_zh = place, en, zh


@dataclass(slots=True)
class Element:
    """An element: namespace and name apart, attributes by local name, children in order.

    Attributes:
        qualified: the attributes that bear a namespace, by namespace and name.
    """

    namespace: str
    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""
    qualified: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.line, self.attributes.get("id", ""))

    def all(self, *names: str) -> Iterator[Element]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Element | None:
        """The first child of one of these names."""
        return next(self.all(*names), None)

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def text_of(self, name: str) -> str:
        """The text of a child, without blanks around it; empty if there is none."""
        child = self.first(name)
        return child.text.strip() if child is not None else ""


def parsed(data: bytes, fault: type[MarkupFault] = MarkupFault) -> Element:
    """The root element of a document.

    Args:
        data: the file.
        fault: what is raised.

    Raises:
        MarkupFault: it is no XML, declares a document type, or is larger or deeper than is read here.
    """
    if len(data) > LARGEST:
        raise fault(Place(1), zh=f"文件超过 {LARGEST} 字节", en=f"the file is larger than {LARGEST} bytes")
    builder = _Builder(fault)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as broken:
        words = expat.ErrorString(broken.code)
        raise fault(Place(broken.lineno), zh=f"不是有效的 XML：{words}", en=f"no XML: {words}") from broken
    except (LookupError, ValueError) as broken:
        raise fault(Place(1), zh="不认识的字符编码", en="an unknown character encoding") from broken
    return builder.root


class _Builder:
    """Gathers elements while the parser reads."""

    def __init__(self, fault: type[MarkupFault]) -> None:
        self._fault = fault
        self.parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.root = Element("", "", {}, 1)
        self._open: list[Element] = []
        self._count = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise self._fault(
                Place(line), zh="元素过多或嵌套过深", en="too many elements, or nested too deeply"
            )
        namespace, local = _split(name)
        plain = {_split(key)[1]: value for key, value in sorted(attributes.items(), reverse=True)}
        plain.update({key: value for key, value in attributes.items() if _BETWEEN not in key})
        qualified = {_split(key): value for key, value in attributes.items() if _BETWEEN in key}
        element = Element(namespace, local, plain, line, qualified=qualified)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        self._open[-1].text += text

    def _doctype(self, *_declared: object) -> None:
        raise self._fault(
            Place(self.parser.CurrentLineNumber),
            zh="不接受文档类型声明（DOCTYPE）",
            en="a document type is not accepted",
        )


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition(_BETWEEN)
    return namespace, local
