// The workbench without a mouse: Ctrl K, /, j, k, Enter, x, ?.
import { Controller } from "@hotwired/stimulus";

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

export default class extends Controller {
  static targets = ["filter", "row", "sheet"];

  connect() {
    document.addEventListener("keydown", this.#pressed);
  }

  disconnect() {
    document.removeEventListener("keydown", this.#pressed);
  }

  closeSheet() {
    this.sheet?.remove();
    this.sheet = null;
    this.before?.focus();
  }

  #pressed = (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return this.dispatch("search", { detail: { event } });
    if (event.key === "Escape" && this.sheet) return this.closeSheet();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    const act = {
      "/": () => this.#focus(event, this.filterTargets[0]),
      j: () => this.#walk(event, 1),
      k: () => this.#walk(event, -1),
      x: () => this.#here?.querySelector("input[type=checkbox]")?.click(),
      Enter: () => this.#open(event),
      "?": () => this.#openSheet(event),
    }[event.key];
    act?.();
  };

  get #here() {
    return this.rowTargets.find((row) => row.classList.contains("is-here"));
  }

  #focus(event, field) {
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  /** The row's link takes the focus, so screen readers read where one is. */
  #walk(event, step) {
    const rows = this.rowTargets;
    if (!rows.length) return;
    event.preventDefault();
    const at = rows.indexOf(this.#here);
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
    rows.forEach((row) => row.classList.toggle("is-here", row === next));
    next.querySelector("a")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  #open(event) {
    if (event.target.closest("a, button, summary")) return; // Enter already means something there
    this.#here?.querySelector("a")?.click();
  }

  #openSheet(event) {
    if (this.sheet || !this.hasSheetTarget) return;
    event.preventDefault();
    this.before = document.activeElement;
    this.element.append(this.sheetTarget.content.cloneNode(true));
    this.sheet = this.element.lastElementChild;
    this.sheet.querySelector("button").focus();
  }
}
