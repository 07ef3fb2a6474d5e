// Elder mode and colours change at once, without losing what was typed; the server only remembers.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  elder(event) {
    const button = event.currentTarget;
    const on = document.documentElement.toggleAttribute("data-elder");
    button.setAttribute("aria-pressed", String(on));
    this.#remember(event, on ? "on" : "off", on ? "off" : "on");
  }

  theme(event) {
    const root = document.documentElement;
    const shown = event.currentTarget.value;
    root.dataset.bsTheme = shown;
    this.#remember(event, shown, shown === "dark" ? "light" : "dark");
  }

  /** Send the choice; the button then offers the opposite. */
  #remember(event, chosen, next) {
    event.preventDefault();
    const button = event.currentTarget;
    button.value = next;
    fetch(this.element.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ [button.name]: chosen }),
    });
  }
}
