"""What a page says, read by rules: its frame, its language, its Chinese punctuation. Faults have the form of ``axe``."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

FRAME = """() => {
  const faults = [], count = document.querySelectorAll("h1").length;
  if (count !== 1) faults.push(`${count} <h1>`);
  if (!document.title.split(" · ")[0].trim()) faults.push("no title");
  const skip = document.querySelector("body > a.skip-link[href='#main']");
  if (!skip || !document.querySelector("main#main")) faults.push("no skip link to <main>");
  if (skip && document.querySelector("a[href], button, input:not([type=hidden])") !== skip)
    faults.push("the skip link is not first");
  return faults;
}"""

# Han characters outside [lang^=zh]: texts, and words that are read aloud or shown in fields.
CHINESE = """() => {
  const han = /\\p{Script=Han}/u, found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (han.test(node.data) && !parent.closest("[lang^=zh], script, style, template"))
      found.push(parent.tagName.toLowerCase() + "." + parent.className + " " + node.data.trim());
  }
  for (const name of ["aria-label", "alt", "placeholder", "title", "data-label"])
    for (const element of document.body.querySelectorAll(`[${name}]`))
      if (han.test(element.getAttribute(name)) && !element.closest("[lang^=zh]"))
        found.push(`${element.tagName.toLowerCase()}[${name}] ${element.getAttribute(name)}`);
  return found;
}"""

# In Chinese text: a space before or half-width marks between characters, straight quotation marks.
TYPOGRAPHY = """() => {
  const wrong = [
    /\\p{Script=Han}\\s+[，。、；：？！）”》]/u,
    /[（“《]\\s+\\p{Script=Han}/u,
    /\\p{Script=Han}[,;:?!](?=\\p{Script=Han}|\\s|$)/u,
    /\\p{Script=Han}["']|["']\\p{Script=Han}/u,
    /[。！？] +\\p{Script=Han}/u,
  ];
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (wrong.some(one => one.test(walker.currentNode.data)) && !parent.closest("script, style, template"))
      found.push(walker.currentNode.data.trim());
  }
  return found;
}"""


def frame(page: Page) -> list[dict[str, Any]]:
    """One heading, a title, a skip link that comes first."""
    return _faults(page, FRAME, "frame", "Every page has one <h1>, a title and a skip link")


def chinese_in_english(page: Page) -> list[dict[str, Any]]:
    """Chinese on an English page that is not marked as Chinese."""
    return _faults(page, CHINESE, "language", "Chinese on an English page is marked lang=zh")


def typography(page: Page) -> list[dict[str, Any]]:
    """Chinese text with marks of another script."""
    return _faults(page, TYPOGRAPHY, "typography", "Chinese text has Chinese punctuation")


def _faults(page: Page, question: str, rule: str, words: str) -> list[dict[str, Any]]:
    places = page.evaluate(question)
    return [{"rule": rule, "impact": "serious", "help": words, "places": places}] if places else []
