"""From much output to the words that matter."""

from yizhan.cli.troubles import last_line, what_failed

TRACEBACK = """\
Traceback (most recent call last):
  File "/x/executor.py", line 1, in migrate
    run()
django.db.utils.ProgrammingError: relation "case" already exists
HINT:  Look again.
"""


def test_of_a_traceback_the_exceptions_words_are_told():
    assert what_failed(TRACEBACK) == 'ProgrammingError: relation "case" already exists\nHINT:  Look again.'


def test_an_exception_without_words_keeps_its_name():
    assert what_failed("Traceback\n  File x\n    run()\nyizhan.releases.PackRefused\n") == "PackRefused"


def test_other_output_is_told_by_its_last_line():
    assert what_failed("one\ntwo\n\n") == "two"
    assert last_line("") == "-"
