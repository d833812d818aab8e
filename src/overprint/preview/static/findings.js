// The findings: each a button that shows its page and copies its place, or opens it in the editor.

import { by, make, plural, say } from "./dom.js";
import { set, settings } from "./settings.js";
import { show } from "./spreads.js";
import { onState, send, state } from "./state.js";
import { open } from "./views.js";

const KINDS = ["error", "warning", "hint"];
const hidden = new Set();

const place = ({ path, line, column }) => [path, line, column].filter((part) => part != null && part !== "").join(":");

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}

async function chosen(finding, note) {
  if (finding.page !== null) {
    show(finding.page, { quiet: true, mark: true });
    if (!by("stage").clientWidth) {
      open("pages");
      by("stage").focus();
    }
  }
  const where = place(finding);
  const page = finding.page === null ? "" : `Page ${state.pages[finding.page]?.label ?? ""}. `;
  let done = "";
  if (state.editor && finding.path) {
    const { path, line, column } = finding;
    done = await send("open", { path, line, column }).then(() => "Opened", (problem) => problem.message);
  } else if (where) {
    done = (await copied(where)) ? "Copied" : "";
  }
  note.textContent = done;
  setTimeout(() => (note.textContent = ""), 2500);
  say(`${page}${done} ${where}`);
}

function item(finding) {
  const note = make("span", { className: "note", "aria-hidden": "true" });
  const parts = [
    make("span", { className: `severity ${finding.severity}` }, finding.severity),
    make("span", { className: "code" }, finding.code),
    make("span", { className: "message" }, finding.message, note),
  ];
  if (finding.hint) parts.push(make("span", { className: "hint" }, finding.hint));
  const page = state.pages[finding.page]?.label;
  const where = [place(finding), page && `page ${page}`].filter(Boolean).join(" · ");
  parts.push(make("span", { className: "place" }, where));
  const button = make("button", { type: "button" }, ...parts);
  button.title = state.editor ? "Show the page and open the place" : "Show the page and copy the place";
  button.addEventListener("click", () => chosen(finding, note));
  return make("li", {}, button);
}

function list() {
  const shown = state.findings.filter((each) => !hidden.has(each.severity));
  const focus = [...by("found").children].findIndex((each) => each.contains(document.activeElement));
  by("found").replaceChildren(...shown.map(item));
  if (focus >= 0) by("found").children[Math.min(focus, shown.length - 1)]?.firstChild.focus();
  const none = state.findings.length ? "None of the kinds that are shown." : "Nothing found: the book is in order.";
  if (!shown.length) by("found").append(make("li", { className: "none" }, none));
}

function filters() {
  for (const kind of KINDS) {
    const number = state.findings.filter((each) => each.severity === kind).length;
    const button = by("severities").querySelector(`[data-kind=${kind}]`);
    button.textContent = plural(number, kind);
    button.disabled = number === 0;
  }
}

function changed(now, before) {
  if (before && JSON.stringify([now.findings, now.editor]) === JSON.stringify([before.findings, before.editor])) {
    // The words are the same; the pages' labels may not be.
    if (now.pages.length === before.pages.length) return;
  }
  filters();
  list();
}

function fold() {
  by("findings").classList.toggle("folded", settings.folded);
  by("fold").setAttribute("aria-expanded", String(!settings.folded));
  by("fold").textContent = settings.folded ? "Unfold" : "Fold";
}

/** Make the findings ready. */
export function start() {
  for (const kind of KINDS) {
    const button = make("button", { type: "button", className: kind, "aria-pressed": "true" }, kind);
    button.dataset.kind = kind;
    button.addEventListener("click", () => {
      if (!hidden.delete(kind)) hidden.add(kind);
      button.setAttribute("aria-pressed", String(!hidden.has(kind)));
      list();
    });
    by("severities").append(button);
  }
  by("fold").addEventListener("click", () => {
    set({ folded: !settings.folded });
    fold();
  });
  fold();
  onState(changed);
}
