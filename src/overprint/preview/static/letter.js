// One comment in the list.

import { make } from "./dom.js";
import { safe } from "./safe.js";
import { codePoints, find } from "./trim.js";

const ANSWERS = { granted: "granted", pending: "pending", refused: "refused", "not-needed": "not needed" };

const label = (words, ...nodes) => make("label", {}, make("span", {}, words), ...nodes);
const button = (words, act, properties = {}) => {
  const node = make("button", { type: "button", ...properties }, words);
  node.addEventListener("click", act);
  return node;
};

/** Return the words that are selected within a node. */
function selected(node) {
  const selection = getSelection();
  const inside = selection.rangeCount && !selection.isCollapsed && node.contains(selection.getRangeAt(0).commonAncestorContainer);
  return inside ? selection.toString() : "";
}

/** Return a comment's row: { node, update(comment, place, of), problem(words), trim() }. */
export function letter(number, deeds) {
  let source = "";
  let body = "";
  const include = make("input", { type: "checkbox" });
  include.addEventListener("change", () => deeds.include(number, include.checked));
  const name = make("strong", { className: "author" });
  const facts = make("span", { className: "facts" });
  const why = make("p", { className: "why" });
  const words = make("div", { className: "body" });
  const problem = make("p", { className: "problem", role: "alert", hidden: true });
  const consent = make("select", {}, ...Object.entries(ANSWERS).map(([value, text]) => make("option", { value }, text)));
  consent.addEventListener("change", () => deeds.consent(number, consent.value));
  const note = make("input", { type: "text", placeholder: "how and when" });
  note.addEventListener("change", () => deeds.note(number, note.value));
  const up = button("↑", () => deeds.move(number, -1), { "aria-label": "Move up", title: "Move up" });
  const down = button("↓", () => deeds.move(number, 1), { "aria-label": "Move down", title: "Move down" });

  const markdown = make("textarea", { readOnly: true, rows: 6, spellcheck: false, "aria-label": "The comment as written: select what to leave out" });
  const cut = button("Leave out what is selected", () => {
    const [from, to] = [markdown.selectionStart, markdown.selectionEnd];
    if (from < to) deeds.trim(number, codePoints(source, from), codePoints(source, to));
    close();
  });
  const cutting = make("div", { className: "cutting", hidden: true }, markdown, make("div", { className: "row" }, cut, button("Cancel", () => close())));
  const trimming = button("Trim…", () => trim(), { "aria-expanded": "false" });

  function close() {
    cutting.hidden = true;
    trimming.setAttribute("aria-expanded", "false");
    trimming.focus();
  }

  /** Leave out the words that are selected; with none, show the comment as written to select them there. */
  function trim() {
    const part = find(source, selected(words));
    if (part) return deeds.trim(number, ...part);
    if (!cutting.hidden) return close();
    cutting.hidden = false;
    trimming.setAttribute("aria-expanded", "true");
    markdown.focus();
    markdown.setSelectionRange(0, 0);
    cutting.scrollIntoView({ block: "nearest" });
  }

  // The click on the button must not undo the selection it is about.
  trimming.addEventListener("pointerdown", (event) => event.preventDefault());
  document.addEventListener("selectionchange", () => {
    trimming.textContent = selected(words) ? "Leave out the selection" : "Trim…";
    cut.disabled = markdown.selectionStart === markdown.selectionEnd;
  });

  const node = make(
    "li",
    { className: "letter", tabIndex: -1 },
    make("div", { className: "row head" }, make("label", { className: "choose" }, include, name), facts),
    words,
    why,
    problem,
    cutting,
    make("div", { className: "row" }, label("Consent", consent), label("Note", note), make("span", { className: "space" }), trimming, up, down),
  );
  node.dataset.number = number;

  function update(comment, place, of) {
    node.style.setProperty("--depth", comment.depth);
    node.classList.toggle("chosen", comment.include);
    node.setAttribute("aria-label", `Comment ${number} by ${comment.author}`);
    include.checked = comment.include;
    include.disabled = Boolean(comment.why) && !comment.include;
    include.setAttribute("aria-label", `Print comment ${number} by ${comment.author}`);
    name.textContent = comment.author;
    const reply = comment.reply_to.length ? `in reply to ${comment.reply_to.join(", ")}` : "";
    facts.textContent = [`${number}`, comment.date, reply].filter(Boolean).join(" · ");
    if (comment.body !== body) words.replaceChildren(safe(comment.body));
    why.textContent = comment.why;
    why.hidden = !comment.why;
    consent.value = comment.consent;
    if (document.activeElement !== note) note.value = comment.consent_note ?? "";
    if (comment.source !== source) markdown.value = comment.source;
    up.disabled = place === 0;
    down.disabled = place === of - 1;
    ({ source, body } = comment);
  }

  return {
    node,
    update,
    trim,
    problem(text) {
      problem.textContent = text;
      problem.hidden = !text;
    },
  };
}
