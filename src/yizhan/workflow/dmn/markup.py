"""Reading XML from strangers 读取 XML: no document type, no entities, bounded in size, depth and number.

Elements keep their line, so that a fault can be found in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from yizhan.workflow.dmn.faults import DmnFault, Place

LARGEST = 5_000_000
DEEPEST = 60
MOST_ELEMENTS = 100_000
_BETWEEN = "\n"  # stands in no namespace


@dataclass(slots=True)
class Element:
    """An element: namespace and name apart, attributes by local name, children in order."""

    namespace: str
    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

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


def parsed(data: bytes) -> Element:
    """The root element of a document.

    Raises:
        DmnFault: it is no XML, declares a document type, or is larger or deeper than is read here.
    """
    if len(data) > LARGEST:
        raise DmnFault(Place(1), zh=f"文件超过 {LARGEST} 字节", en=f"the file is larger than {LARGEST} bytes")
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as fault:
        words = expat.ErrorString(fault.code)
        raise DmnFault(Place(fault.lineno), zh=f"不是有效的 XML：{words}", en=f"no XML: {words}") from fault
    except (LookupError, ValueError) as fault:
        raise DmnFault(Place(1), zh="不认识的字符编码", en="an unknown character encoding") from fault
    return builder.root


class _Builder:
    """Gathers elements while the parser reads."""

    def __init__(self) -> None:
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
            raise DmnFault(Place(line), zh="元素过多或嵌套过深", en="too many elements, or nested too deeply")
        namespace, _, local = name.rpartition(_BETWEEN)
        plain = {
            key.rpartition(_BETWEEN)[2]: value for key, value in sorted(attributes.items(), reverse=True)
        }
        plain.update({key: value for key, value in attributes.items() if _BETWEEN not in key})
        element = Element(namespace, local, plain, line)
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
        raise DmnFault(
            Place(self.parser.CurrentLineNumber),
            zh="不接受文档类型声明（DOCTYPE）",
            en="a document type is not accepted",
        )
