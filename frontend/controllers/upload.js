// Sends a form with files and shows how far it is. When the network fails, the files stay chosen and the
// same button tries again; the page is left only when the server has answered. Without files, or without a
// place to show the progress, the form is sent as forms are.
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
    if (!this.hasStateTarget || !this.#hasFiles) return;
    event.preventDefault();
    const request = new XMLHttpRequest(); // fetch reports no progress of uploads
    const address = this.#address(event.submitter);
    request.open(this.element.method, address);
    request.upload.addEventListener("progress", ({ loaded, total }) => this.#show(loaded / total));
    request.addEventListener("load", () => this.#answered(request, address));
    request.addEventListener("error", () => this.#failed());
    this.#show(0);
    this.#lock(true);
    request.send(this.#contents(event.submitter));
  };

  get #hasFiles() {
    return [...this.element.querySelectorAll("input[type=file]")].some((field) => field.files.length);
  }

  #address(submitter) {
    const address = submitter?.hasAttribute("formaction") ? submitter.formAction : this.element.action;
    return address.split("#")[0];
  }

  #contents(submitter) {
    const contents = new FormData(this.element);
    if (submitter?.name) contents.append(submitter.name, submitter.value);
    return contents;
  }

  /** A redirect was followed: go there. The page itself came back: show it, with its mistakes. */
  #answered(request, address) {
    this.#lock(false);
    if (request.status >= 500) return this.#failed();
    if (request.responseURL !== address) return location.assign(request.responseURL);
    const main = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("main");
    if (request.status >= 400 && !main?.querySelector("form")) return this.#failed(main?.querySelector("h1")?.textContent);
    return document.getElementById("main").replaceWith(document.adoptNode(main));
  }

  /** Everything stays as it was; the words say why, such as that the file is too large. */
  #failed(words = this.wordsTarget.dataset.kept) {
    this.#lock(false);
    this.barTarget.hidden = true;
    this.wordsTarget.textContent = words;
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
