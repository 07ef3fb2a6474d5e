from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOM = Path(__file__).resolve().parents[1]
CATALOGUE = ROOM / "locale/en/LC_MESSAGES/django.po"
METHODS = [("tests/**", "ignore"), ("**.py", "python"), ("**.jinja", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def test_every_word_of_the_room_has_its_english():
    with CATALOGUE.open("rb") as file:
        english = {
            message.id if isinstance(message.id, str) else message.id[0]: message.string
            for message in read_po(file)
        }
    used = {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in extract_from_dir(ROOM, METHODS, keywords=KEYWORDS)
    }
    assert len(used) > 100
    assert [words for words in sorted(used) if not english.get(words)] == []
