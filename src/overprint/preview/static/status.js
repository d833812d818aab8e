// The line of figures at the foot, and what is said when the manuscript breaks or the server is gone.

import { by, plural, say } from "./dom.js";
import { onLink, onState } from "./state.js";

const PATIENCE = 200;
const BROKEN = "The manuscript is broken: this is the last good book";
const EMPTY = "The manuscript is broken: there is no book to show yet";
const LOST = "overprint preview has ended: start it again, this page waits for it";

let slow = 0;

function alarm(words) {
  by("broken").hidden = !words;
  if (by("broken").textContent !== words) by("broken").textContent = words;
}

function figures(now) {
  const parts = [plural(now.pages.length, "page"), plural(now.words, "word")];
  if (now.spine !== null) parts.push(`spine ${now.spine.toFixed(1)} mm`);
  parts.push(now.theme);
  if (now.seconds) parts.push(`built in ${now.seconds.toFixed(now.seconds < 10 ? 2 : 0)} s`);
  return parts.join(" · ");
}

function changed(now, before) {
  document.title = `${now.stale ? "✗ " : ""}${now.title} · preview`;
  by("title").textContent = now.title;
  by("figures").textContent = figures(now);
  clearTimeout(slow);
  if (now.building) slow = setTimeout(() => (by("doing").textContent = "building…"), PATIENCE);
  else by("doing").textContent = "";
  alarm(now.stale ? (now.pages.length ? BROKEN : EMPTY) : "");
  document.body.classList.toggle("stale", now.stale);
  if (before?.stale && !now.stale) say("The manuscript is mended.");
}

/** Make the status line ready. */
export function start() {
  onState(changed);
  let here = true;
  onLink((connected) => {
    if (!connected) alarm(LOST);
    else if (!here) {
      alarm("");
      say("overprint preview is back.");
    }
    here = connected;
  });
}
