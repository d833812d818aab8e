// The keys, and the list of them.

import { key as commentKey } from "./comments.js";
import { by, make } from "./dom.js";
import { checkbox, settings } from "./settings.js";
import { first, last, turn, zoom } from "./spreads.js";
import { state } from "./state.js";
import { open, view, VIEWS } from "./views.js";

const WORDS = [
  [["←", "→", "Page Up", "Page Down"], "turn the printed pages"],
  [["Home", "End"], "the first page, the last"],
  [["c"], "contact sheet, and back"],
  [["f", "1"], "pages to fit, pages at 100 %"],
  [["g"], "guides"],
  [["p"], "go to a page by its number"],
  [["Alt 1", "…", "Alt 5"], "pages, reader, cover, comments, findings"],
  [["j", "k", "↓", "↑"], "in the comments: next, previous"],
  [["y", "n"], "print the comment, leave it out"],
  [["t"], "leave out words of the comment: those selected"],
  [["Alt ↑", "Alt ↓"], "move the comment"],
  [["u"], "undo the last change of a comment"],
  [["?"], "this list"],
];
const PAGES = {
  ArrowLeft: () => turn(-1),
  PageUp: () => turn(-1),
  ArrowRight: () => turn(1),
  PageDown: () => turn(1),
  Home: first,
  End: last,
  c: () => zoom(settings.zoom === "sheet" ? "fit" : "sheet"),
  f: () => zoom("fit"),
  1: () => zoom("full"),
  g: () => by("guides").click(),
  p: () => by("label").focus(),
};

const typing = (node) => node.matches("input:not([type=checkbox]), select, textarea");

function pressed(event) {
  if (!state || event.defaultPrevented || event.ctrlKey || event.metaKey || by("help").open || typing(event.target)) return;
  const name = event.altKey ? `Alt+${event.key}` : event.key;
  if (event.key.length === 1 && !event.altKey && !settings.letters) return;
  // With Alt the key itself may mean a sign of its own.
  const jump = event.altKey && VIEWS[Number(event.code.replace("Digit", "")) - 1];
  let done = true;
  if (jump) {
    open(jump);
    setTimeout(() => by(jump).focus());
  } else if (name === "?") by("help").showModal();
  else if (view() === "comments") done = commentKey(name);
  else if (view() !== "cover" && Object.hasOwn(PAGES, name)) PAGES[name]();
  else done = false;
  if (done) event.preventDefault();
}

/** Make the keys ready. */
export function start() {
  for (const [names, what] of WORDS) {
    const keys = names.map((each) => make(each === "…" ? "span" : "kbd", {}, each));
    by("keys").append(make("div", {}, make("dt", {}, ...keys.flatMap((each) => [each, " "])), make("dd", {}, what)));
  }
  by("help-open").addEventListener("click", () => by("help").showModal());
  checkbox(by("letters-on"), "letters", () => {});
  document.addEventListener("keydown", pressed);
}
