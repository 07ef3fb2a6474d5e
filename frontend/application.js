// Behaviour that every page shares: htmx for parts of pages, Stimulus for controllers. Pages work without it.
import htmx from "htmx.org";
import { Application } from "@hotwired/stimulus";
import Autosave from "./controllers/autosave.js";
import Copy from "./controllers/copy.js";
import Disclosure from "./controllers/disclosure.js";
import Drawing from "./controllers/drawing.js";
import Focus from "./controllers/focus.js";
import Look from "./controllers/look.js";
import Print from "./controllers/print.js";
import Selection from "./controllers/selection.js";
import Upload from "./controllers/upload.js";
import { csrfToken } from "./requests.js";

export const application = Application.start();
application.register("autosave", Autosave);
application.register("copy", Copy);
application.register("disclosure", Disclosure);
application.register("drawing", Drawing);
application.register("focus", Focus);
application.register("look", Look);
application.register("print", Print);
application.register("selection", Selection);
application.register("upload", Upload);

document.addEventListener("htmx:config:request", ({ detail }) => {
  const { method, headers } = detail.ctx.request;
  if (!/^(get|head)$/i.test(method)) headers["X-CSRFToken"] = csrfToken();
});

// A request that got no answer at all: say so where notices stand; what the page shows stays.
document.addEventListener("htmx:error", ({ detail }) => {
  const notices = document.getElementById("notices");
  if (!detail.ctx || !notices?.dataset.offline) return;
  const notice = document.createElement("div");
  notice.className = "notice notice--danger";
  notice.setAttribute("role", "alert");
  notice.textContent = notices.dataset.offline;
  notices.replaceChildren(notice);
});

export { htmx };
