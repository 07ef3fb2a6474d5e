// A drawing that is wider than its place opens where the case stands, or where the process begins.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  connect() {
    const place = this.element;
    if (place.scrollWidth <= place.clientWidth) return;
    const here = [...place.querySelectorAll(".process-node.is-current:not(.process-node--body)")].pop();
    const seen = here || place.querySelector(".process-node--start");
    if (!seen) return;
    const { left, width } = seen.getBoundingClientRect();
    place.scrollLeft += left + width / 2 - place.getBoundingClientRect().left - place.clientWidth / 2;
  }
}
