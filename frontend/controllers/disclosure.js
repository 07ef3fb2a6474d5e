// A <details> that behaves like a menu: Escape and a click elsewhere close it, the focus goes back.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["close"];

  connect() {
    this.closeTargets.forEach((button) => (button.hidden = false));
    document.addEventListener("click", this.#elsewhere);
    this.element.addEventListener("keydown", this.#escape);
  }

  disconnect() {
    document.removeEventListener("click", this.#elsewhere);
    this.element.removeEventListener("keydown", this.#escape);
  }

  close() {
    this.element.open = false;
    this.element.querySelector("summary").focus();
  }

  #elsewhere = (event) => {
    if (!this.element.contains(event.target)) this.element.open = false;
  };

  #escape = (event) => {
    if (event.key === "Escape" && this.element.open) this.close();
  };
}
