"""WeasyPrint in its own environment: sets the document that it is given, as PDF/A-3, so many times."""

from __future__ import annotations

import json
import sys
import time

import weasyprint


def main() -> None:
    """One line for each question: the HTML as JSON first, then how often; seconds of processor and pages as answer."""
    html = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        began = time.process_time()
        pages = 0
        for _turn in range(int(line)):
            document = weasyprint.HTML(string=html).render()
            pages += len(document.pages)
            document.write_pdf(pdf_variant="pdf/a-3u")
        sys.stdout.write(json.dumps([time.process_time() - began, pages]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
