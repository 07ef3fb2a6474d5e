// Sends a form with files and shows how far it is. When the network fails, the files stay chosen and the
// same button tries again; the page is left only when the server has answered.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["state", "bar", "words"];

  connect() {
    this.element.addEventListener("submit", this.#send);
  }

  disconnect() {
    this.element.removeEventListener("submit", this.#send);
  }

  #send = (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest(); // fetch reports no progress of uploads
    request.open(this.element.method, this.element.action);
    request.upload.addEventListener("progress", ({ loaded, total }) => this.#show(loaded / total));
    request.addEventListener("load", () => this.#answered(request));
    request.addEventListener("error", () => this.#failed());
    this.#show(0);
    this.#lock(true);
    request.send(this.#contents(event.submitter));
  };

  #contents(submitter) {
    const contents = new FormData(this.element);
    if (submitter?.name) contents.append(submitter.name, submitter.value);
    return contents;
  }

  #answered(request) {
    this.#lock(false);
    if (request.status >= 500) return this.#failed();
    if (request.responseURL !== this.element.action) return location.assign(request.responseURL);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    document.getElementById("main").replaceWith(document.adoptNode(answer.getElementById("main")));
  }

  #failed() {
    this.#lock(false);
    this.barTarget.hidden = true;
    this.wordsTarget.textContent = this.wordsTarget.dataset.kept;
  }

  #show(share) {
    this.stateTarget.hidden = false;
    this.barTarget.hidden = false;
    this.barTarget.value = share;
    this.wordsTarget.textContent = `${Math.round(share * 100)}%`;
  }

  #lock(on) {
    this.element.querySelectorAll("button").forEach((button) => (button.disabled = on));
  }
}
