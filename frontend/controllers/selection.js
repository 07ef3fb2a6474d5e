// Select all, mark the chosen rows, say how many.
import { Controller } from "@hotwired/stimulus";
import { filled } from "../requests.js";

export default class extends Controller {
  static targets = ["all", "one", "count"];

  connect() {
    this.one();
  }

  all({ currentTarget }) {
    this.oneTargets.forEach((box) => (box.checked = currentTarget.checked));
    this.one();
  }

  one() {
    const chosen = this.oneTargets.filter((box) => box.checked).length;
    this.oneTargets.forEach((box) => box.closest("tr")?.classList.toggle("is-chosen", box.checked));
    this.allTargets.forEach((box) => {
      box.checked = chosen > 0 && chosen === this.oneTargets.length;
      box.indeterminate = chosen > 0 && !box.checked;
    });
    this.countTargets.forEach((place) => (place.textContent = filled(place.dataset.words, chosen)));
  }
}
