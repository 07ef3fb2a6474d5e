// Copies a number to the clipboard; the button shows itself only where that works.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["source", "button"];

  connect() {
    this.buttonTarget.hidden = !navigator.clipboard;
  }

  async copy() {
    await navigator.clipboard.writeText(this.sourceTarget.textContent.trim());
    const button = this.buttonTarget;
    const words = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = words), 2000);
  }
}
