// The comments of an essay beside the essay: choose them, record consent, put them in order, leave words out.

import { by, make, plural, say } from "./dom.js";
import { letter } from "./letter.js";
import { safe } from "./safe.js";
import { onState, send, state } from "./state.js";
import { onView, view } from "./views.js";

const letters = new Map();
let slug = "";
let shown = null;
let loading = 0;

const path = (...parts) => ["comments", slug, ...parts].map(encodeURIComponent).join("/");

/** Send a change, and say what became of it; an Error goes to the comment it is about. */
async function change(number, words, where, body) {
  try {
    await send(where, body);
    letters.get(number)?.problem("");
    say(words);
  } catch (problem) {
    letters.get(number)?.problem(problem.message);
  }
  await load();
}

const deeds = {
  include: (number, yes) =>
    change(number, `Comment ${number} ${yes ? "is printed" : "is left out"}`, path(), {
      numbers: [number],
      changes: { include: yes ? "yes" : "no" },
    }),
  consent: (number, value) =>
    change(number, `Consent for comment ${number}: ${value}`, path(), { numbers: [number], changes: { consent: value } }),
  note: (number, value) =>
    change(number, `Note on comment ${number} kept`, path(), { numbers: [number], changes: { consent_note: value } }),
  trim: (number, from, to) => change(number, `Words of comment ${number} left out`, path("trim"), { number, from, to }),
  async move(number, steps) {
    const numbers = shown.comments.map((each) => each.number);
    const place = numbers.indexOf(number) + steps;
    if (place < 0 || place >= numbers.length) return;
    const before = numbers[steps < 0 ? place : place + 1] ?? null;
    await change(number, `Comment ${number} is now number ${place + 1} of ${numbers.length}`, path("order"), { number, before });
    letters.get(number)?.node.scrollIntoView({ block: "nearest" });
  },
};

async function undo() {
  try {
    await send("undo");
    say("Undone");
  } catch (problem) {
    say(problem.message);
  }
  await load();
}

/** Put the comments in order, moving as few as must be: what has the focus keeps it. */
function arrange(comments) {
  const list = by("letters");
  const numbers = new Set(comments.map((each) => each.number));
  for (const [number, each] of letters) {
    if (numbers.has(number)) continue;
    each.node.remove();
    letters.delete(number);
  }
  const focus = list.contains(document.activeElement) ? document.activeElement : null;
  comments.forEach((comment, place) => {
    if (!letters.has(comment.number)) letters.set(comment.number, letter(comment.number, deeds));
    const each = letters.get(comment.number);
    each.update(comment, place, comments.length);
    if (list.children[place] !== each.node) list.insertBefore(each.node, list.children[place] ?? null);
  });
  if (focus && document.activeElement !== focus) focus.focus({ preventScroll: true });
}

async function load() {
  if (!slug || view() !== "comments") return;
  const turn = (loading += 1);
  const answer = await fetch(path()).catch(() => null);
  if (turn !== loading || !answer?.ok) return;
  const found = await answer.json();
  if (turn !== loading) return;
  if (found.slug !== shown?.slug) {
    letters.clear();
    by("letters").replaceChildren();
    by("text").scrollTop = 0;
  }
  if (found.text !== shown?.text || found.slug !== shown?.slug) by("text").replaceChildren(make("h2", { className: "title" }, found.title), safe(found.text));
  shown = found;
  arrange(found.comments);
  by("letters").classList.toggle("empty", !found.comments.length);
  const chosen = found.comments.filter((each) => each.include).length;
  by("chosen").textContent = `${chosen} of ${plural(found.comments.length, "comment")} printed`;
  by("undo").disabled = !found.undo;
}

function changed(now) {
  if (!now.essays.some((each) => each.slug === slug)) slug = now.essays.find((each) => each.comments)?.slug ?? now.essays[0]?.slug ?? "";
  const options = now.essays.map((each) =>
    make("option", { value: each.slug }, `${each.title || each.slug} (${each.chosen} of ${each.comments})`),
  );
  by("essay").replaceChildren(...options);
  by("essay").value = slug;
  load();
}

/** Do what a key means in this view; say whether it means anything. */
export function key(name) {
  const rows = [...by("letters").children];
  const at = rows.findIndex((each) => each.contains(document.activeElement));
  const number = at >= 0 && Number(rows[at].dataset.number);
  const go = (place) => rows[Math.min(Math.max(place, 0), rows.length - 1)]?.focus();
  if (name === "j" || name === "ArrowDown") go(at + 1);
  else if (name === "k" || name === "ArrowUp") go(at - 1);
  else if (name === "Home") go(0);
  else if (name === "End") go(rows.length - 1);
  else if (name === "u") by("undo").disabled || undo();
  else if (at < 0) return false;
  else if (name === "y" || name === "n") deeds.include(number, name === "y").then(() => go(at + 1));
  else if (name === "t") letters.get(number).trim();
  else if (name === "Alt+ArrowUp") deeds.move(number, -1);
  else if (name === "Alt+ArrowDown") deeds.move(number, 1);
  else return false;
  return true;
}

/** Make the comments ready. */
export function start() {
  by("essay").addEventListener("change", () => {
    slug = by("essay").value;
    load();
  });
  by("undo").addEventListener("click", undo);
  onState(changed);
  onView(() => state && load());
}
