"""The words of a PDF 文书文字: its streams are compressed, so that a value on a page stands nowhere in its bytes."""

from __future__ import annotations

import io


def words(content: bytes) -> str:
    """All that its pages say, once more without blanks and ends of lines, and the files that it carries.

    A file that is no whole PDF, as somebody may have handed one in, is told as it is.
    """
    import pypdf  # noqa: PLC0415 (of the packages for tests, which a proof installs when it runs)
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        pdf = pypdf.PdfReader(io.BytesIO(content))
        pages = "\n".join(page.extract_text() for page in pdf.pages)
        carried = [one for files in pdf.attachments.values() for one in files]
    except PyPdfError:
        return content.decode("utf-8", errors="ignore")
    return "\n".join(
        [pages, "".join(pages.split()), *(one.decode("utf-8", errors="ignore") for one in carried)]
    )
