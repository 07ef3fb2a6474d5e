// The search field of the top bar also opens pages: typing offers the menu entries that contain the words.
import { Controller } from "@hotwired/stimulus";

const MOST = 8;

export default class extends Controller {
  static targets = ["input", "list", "entry"];

  inputTargetConnected(input) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.listTarget.id);
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.#offer());
    input.addEventListener("keydown", (event) => this.#move(event));
    input.addEventListener("blur", () => setTimeout(() => this.#close(), 150)); // after a click on an offer
  }

  #offer() {
    const words = this.inputTarget.value.trim().toLowerCase();
    const fits = words ? this.entryTargets.filter((entry) => this.#label(entry).toLowerCase().includes(words)) : [];
    this.listTarget.replaceChildren(...fits.slice(0, MOST).map((entry, at) => this.#option(entry, at)));
    this.#toggle(fits.length > 0);
    this.#choose(-1);
  }

  #label(entry) {
    return entry.querySelector("span").textContent;
  }

  #option(entry, at) {
    const option = document.createElement("li");
    option.id = `${this.listTarget.id}-${at}`;
    option.setAttribute("role", "option");
    option.textContent = this.#label(entry);
    option.dataset.href = entry.href;
    option.addEventListener("mousedown", () => location.assign(entry.href));
    return option;
  }

  #move(event) {
    const offers = this.listTarget.children;
    if (event.key === "Escape") return this.#close();
    if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      return location.assign(offers[this.chosen].dataset.href);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !offers.length) return undefined;
    event.preventDefault();
    return this.#choose((this.chosen + step + offers.length) % offers.length);
  }

  #choose(at) {
    this.chosen = at;
    [...this.listTarget.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at < 0) this.inputTarget.removeAttribute("aria-activedescendant");
    else this.inputTarget.setAttribute("aria-activedescendant", this.listTarget.children[at].id);
  }

  #toggle(open) {
    this.listTarget.hidden = !open;
    this.inputTarget.setAttribute("aria-expanded", String(open));
  }

  #close() {
    this.listTarget.replaceChildren();
    this.#toggle(false);
    this.#choose(-1);
  }
}
