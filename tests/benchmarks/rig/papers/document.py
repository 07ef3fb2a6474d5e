"""One document for both engines: a long notice of headings and paragraphs, as a Typst template and as HTML."""

from __future__ import annotations

from html import escape
from pathlib import Path

PARAGRAPHS = 84
_NUMBERS = "一二三四五六七八九十"
_SENTENCES = (
    "各街道办事处、区政府各部门应当按照一窗受理、并联审查、限时办结、统一发证的要求，将本部门面向公民和法人的服务事项全部纳入统一受理平台。",
    "对材料齐全、符合法定形式的申请，应当场出具受理通知书；对材料不齐的，应一次性告知需要补正的全部内容。",
    "2026年12月31日前，全区580项服务事项网上可办率应达到100%，平均办理时限压缩到法定时限的40%以内。",
    "办理人员昇、玥、堃、喆等姓名用字按照GB 18030—2022实现级别3录入和打印，不得以同音字替代。",
)


def blocks() -> list[tuple[str, str]]:
    """Headings and paragraphs, each different, so that neither engine can remember one."""
    found = []
    for number in range(PARAGRAPHS):
        if number % 8 == 0:
            found.append(("h", f"{_NUMBERS[number // 8 % 10]}、第{number // 8 + 1}部分的工作要求"))
        words = "".join(_SENTENCES[(number + turn) % len(_SENTENCES)] for turn in range(2 + number % 2))
        found.append(("p", f"（{number + 1}）{words}"))
    return found


def template() -> str:
    """As a pack's template, with the house style."""
    body = [
        f'#level("{words[0]}", "{words[2:]}")\n' if kind == "h" else f"{words.replace('%', chr(92) + '%')}\n"
        for kind, words in blocks()
    ]
    return '#import "letter.typ": *\n#show: letter.with(to: data.name)\n\n' + "\n".join(body)


def html(fonts: dict[str, list[str]]) -> str:
    """The same text on the same page with the same files of fonts."""
    faces = "".join(
        f'@font-face {{font-family: "{role}"; src: {", ".join(f"url({Path(file).as_uri()})" for file in files)};}}'
        for role, files in fonts.items()
    )
    rest = "".join(
        f'@font-face {{font-family: "{role}-{number}"; src: url({Path(file).as_uri()});}}'
        for role, files in fonts.items()
        for number, file in enumerate(files)
    )
    chosen = {
        role: ", ".join(f'"{role}-{number}"' for number in range(len(files))) for role, files in fonts.items()
    }
    style = f"""{faces}{rest}
        @page {{size: A4; margin: 37mm 26mm 35mm 28mm;
                @bottom-right {{content: "— " counter(page) " —"; font: 14pt {chosen["fangsong"]};}}}}
        body {{font: 15.78pt {chosen["fangsong"]}; line-height: 28.97pt; text-align: justify; margin: 0;}}
        p {{text-indent: 2em; margin: 0;}}
        h2 {{font: 15.78pt {chosen["heiti"]}; line-height: 28.97pt; text-indent: 2em; margin: 0;}}
        h1 {{font: bold 22pt {chosen["xiaobiaosong"]}; text-align: center;}}"""
    body = "".join(
        f"<h2>{escape(words)}</h2>" if kind == "h" else f"<p>{escape(words)}</p>" for kind, words in blocks()
    )
    title = "<h1>关于推进街道统一受理平台建设的通知</h1>"
    return f"<!doctype html><html lang=zh><style>{style}</style><body>{title}{body}</body></html>"
