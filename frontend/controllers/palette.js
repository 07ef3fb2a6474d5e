// Ctrl K on every page of the workbench: a dialog that searches while one types. The server sends options; arrows walk
// them, Enter opens the one that is chosen or, when none is, the page with everything that was found.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["dialog", "field", "input", "found", "count", "said"];

  inputTargetConnected(input) {
    input.addEventListener("keydown", (event) => this.#move(event));
    input.addEventListener("input", () => {
      if (!input.value.trim()) this.#empty();
    });
  }

  /** What came says how much it is; a screen reader hears that, not the whole list. */
  countTargetConnected(count) {
    this.saidTarget.textContent = count.textContent;
    this.inputTarget.setAttribute("aria-expanded", String(this.#options.length > 0));
    this.inputTarget.removeAttribute("aria-activedescendant");
    this.chosen = -1;
  }

  open(event) {
    if (!this.hasDialogTarget || this.dialogTarget.open) return;
    (event.detail?.event ?? event).preventDefault();
    this.#empty();
    this.inputTarget.value = this.fieldTarget.value;
    this.dialogTarget.showModal();
    this.inputTarget.focus();
    this.inputTarget.select();
  }

  /** An option is no link: a control within an option is lost to screen readers. */
  follow(event) {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  }

  close() {
    this.dialogTarget.close();
  }

  get #options() {
    return [...this.foundTarget.querySelectorAll("[role=option]")];
  }

  #move(event) {
    const options = this.#options;
    if (event.key === "Enter" && !event.isComposing && options[this.chosen]) {
      event.preventDefault();
      return location.assign(options[this.chosen].dataset.href);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !options.length || event.isComposing) return undefined;
    event.preventDefault();
    return this.#choose(options, ((this.chosen ?? -1) + step + options.length + (this.chosen < 0 && step < 0 ? 1 : 0)) % options.length);
  }

  #choose(options, at) {
    this.chosen = at;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    this.inputTarget.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }

  #empty() {
    this.foundTarget.replaceChildren();
    this.saidTarget.textContent = "";
    this.inputTarget.setAttribute("aria-expanded", "false");
    this.inputTarget.removeAttribute("aria-activedescendant");
    this.chosen = -1;
  }
}
