// The error summary takes the focus, and its links lead into the field, not only to its place on the page.
// A form that was sent after a jump within the page (#part-account, #main) comes back with that jump still in its
// address, and the browser would follow it once more, past the mistakes: the jump is dropped from the form's address.
import { Controller } from "@hotwired/stimulus";

document.addEventListener("submit", ({ target }) => {
  if (!target.hasAttribute("action")) target.action = location.href.split("#")[0];
});

export default class extends Controller {
  connect() {
    this.element.focus();
    this.element.addEventListener("click", this.#follow);
  }

  #follow = (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  };
}
