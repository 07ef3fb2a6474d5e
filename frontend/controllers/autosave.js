// Saves a form a moment after typing stops, and says whether it did; what failed is tried again. An answer may make
// the form ask more or less: the server then sends the page anew, and what came and went is taken from it.
import { Controller } from "@hotwired/stimulus";
import { follow } from "../pieces.js";
import { filled } from "../requests.js";

const AFTER_TYPING = 800; // milliseconds
const AFTER_CHOOSING = 50;
const AFTER_FAILURE = 10_000;

export default class extends Controller {
  static targets = ["state"];
  static values = { url: String };

  connect() {
    this.element.addEventListener("input", this.#later);
    this.element.addEventListener("change", this.#chosen);
  }

  disconnect() {
    clearTimeout(this.timer);
    this.element.removeEventListener("input", this.#later);
    this.element.removeEventListener("change", this.#chosen);
  }

  #later = () => this.#saveIn(AFTER_TYPING);
  #chosen = () => this.#saveIn(AFTER_CHOOSING);

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
      const changed = answer.status === 200 && follow(await answer.text());
      this.#say(changed ? "changed" : "saved", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
    } catch {
      this.#say("failed");
      this.#saveIn(AFTER_FAILURE);
    }
  }

  #say(what, value = "") {
    this.stateTargets.forEach((place) => (place.textContent = filled(place.dataset[what], value)));
  }
}
