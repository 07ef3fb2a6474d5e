// Saves a form a moment after typing stops, and says whether it did; what failed is tried again.
import { Controller } from "@hotwired/stimulus";
import { filled } from "../requests.js";

const AFTER_TYPING = 800; // milliseconds
const AFTER_FAILURE = 10_000;

export default class extends Controller {
  static targets = ["state"];
  static values = { url: String };

  connect() {
    this.element.addEventListener("input", this.#later);
    this.element.addEventListener("change", this.#later);
  }

  disconnect() {
    clearTimeout(this.timer);
    this.element.removeEventListener("input", this.#later);
    this.element.removeEventListener("change", this.#later);
  }

  #later = () => this.#saveIn(AFTER_TYPING);

  #saveIn(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#save(), milliseconds);
  }

  async #save() {
    this.#say("saving");
    const contents = new FormData(this.element);
    for (const [name, value] of [...contents]) if (value instanceof File) contents.delete(name); // files go with the form
    try {
      const answer = await fetch(this.urlValue, { method: "POST", body: contents });
      if (!answer.ok) throw new Error(answer.statusText);
      this.#say("saved", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
    } catch {
      this.#say("failed");
      this.#saveIn(AFTER_FAILURE);
    }
  }

  #say(what, value = "") {
    this.stateTargets.forEach((place) => (place.textContent = filled(place.dataset[what], value)));
  }
}
