// Makes the page ask what a page that came anew asks, and leaves alone what stands in both: what was typed since, the
// focus, files that were chosen; of those, only the mark of what may be left out follows. A piece is an element with
// `data-piece`, a name of its own among those around it.

const OPTIONAL = ".field__optional";

/** Follow a page; whether anything came or went. */
export function follow(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("main");
  return fresh !== null && merged(document.getElementById("main"), fresh);
}

function merged(old, fresh) {
  const there = new Map(pieces(old).map((piece) => [piece.dataset.piece, piece]));
  const first = there.values().next().value;
  let changed = false;
  let last = null;
  for (const piece of pieces(fresh)) {
    const same = there.get(piece.dataset.piece);
    if (same) {
      there.delete(piece.dataset.piece);
      changed = merged(same, piece) || marked(same, piece) || changed;
      last = same;
    } else {
      const come = document.adoptNode(piece);
      if (last) last.after(come);
      else if (first) first.before(come);
      else old.append(come);
      changed = true;
      last = come;
    }
  }
  there.forEach((gone) => gone.remove());
  return changed || there.size > 0;
}

/** Make a question say whether it may be left out, as the fresh one does; whether that changed. */
function marked(old, fresh) {
  const [mark, wanted] = [old.querySelector(OPTIONAL), fresh.querySelector(OPTIONAL)];
  if (pieces(old).length || !mark === !wanted) return false;
  if (mark) mark.remove();
  else old.querySelector(".field__label")?.append(document.adoptNode(wanted));
  return true;
}

/** The pieces directly within, not those within other pieces. */
function pieces(element) {
  return [...element.querySelectorAll("[data-piece]")].filter(
    (piece) => piece.parentElement.closest("[data-piece], #main") === element,
  );
}
