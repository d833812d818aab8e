// The printed pages: spreads as bound, turned by hand; where you are stays when the book changes.

import { by, make, plural, say } from "./dom.js";
import { guides } from "./guides.js";
import { pageAddress, picture } from "./pictures.js";
import { checkbox, choice, place as keep, set, settings } from "./settings.js";
import { onState, state } from "./state.js";
import { showSheet } from "./sheet.js";

const AIR = 24;
const NARROW = 560;
const PIXELS = 96 / 72;
const stage = by("stage");
const turned = [];

let at = 0;
let marked = null;
let drawing = 0;
let typing = false;

/** Run `listener(label)` when another page is looked at, unless the listener's own side asked for it. */
export const onTurn = (listener) => turned.push(listener);

/** Return the spreads of a book as lists of page numbers, null where there is no page: rectos right, versos left. */
export function spreadsOf(pages, single = false) {
  if (single) return pages.map((_, index) => [index]);
  const spreads = [];
  pages.forEach((page, index) => {
    const last = spreads.at(-1);
    if (page.side === "verso") spreads.push([index, null]);
    else if (last && last[1] === null) last[1] = index;
    else spreads.push([null, index]);
  });
  return spreads;
}

const single = () => settings.zoom === "fit" && stage.clientWidth < NARROW;
const shown = () => spreadsOf(state.pages, single());
const place = (spreads) => Math.max(0, spreads.findIndex((each) => each.includes(at)));
const words = (spread) => spread.filter((index) => index !== null).map((index) => state.pages[index].label).join(" and ");

/** Show a page by its number from 0. */
export function show(index, { quiet = false, mark = false } = {}) {
  if (!state?.pages.length) return;
  at = Math.min(Math.max(index, 0), state.pages.length - 1);
  marked = mark ? at : null;
  keep(state.pages[at].label);
  if (settings.zoom === "sheet" && mark) zoom("fit");
  render();
  if (quiet) return;
  const spread = shown()[place(shown())];
  say(`${spread.length > 1 && !spread.includes(null) ? "Pages" : "Page"} ${words(spread)}`);
  for (const listener of turned) listener(state.pages[at].label);
}

/** Show the page with this label; say whether there is one. */
export function showLabel(label, options) {
  const index = state?.pages.findIndex((page) => page.label === label) ?? -1;
  const seen = index >= 0 && shown()[place(shown())].includes(index);
  if (index >= 0 && !(options?.quiet && seen)) show(index, options);
  return index >= 0;
}

/** Turn so many spreads on or, below 0, back. */
export function turn(steps) {
  const spreads = shown();
  const target = spreads[Math.min(Math.max(place(spreads) + steps, 0), spreads.length - 1)];
  if (target && !target.includes(at)) show(target.find((index) => index !== null));
}

export const first = () => show(0);
export const last = () => show(state.pages.length - 1);

/** Set the size of the pages: fit, full, sheet. */
export function zoom(value) {
  set({ zoom: value });
  for (const each of by("zoom").querySelectorAll("input")) each.checked = each.value === value;
  render();
}

/** Return the width of a page's trim in CSS pixels. */
function width(sides) {
  const [wide, high] = state.trim;
  if (settings.zoom === "full") return wide * PIXELS;
  const around = settings.guides ? 2 * state.bleed : 0;
  const scale = Math.min(
    (stage.clientWidth - 2 * AIR) / (sides * (wide + around)),
    (stage.clientHeight - 2 * AIR) / (high + around),
  );
  return Math.max(60, Math.floor(wide * scale));
}

async function paper(index, side, size) {
  if (index === null) return make("div", { className: "page none" });
  const page = state.pages[index];
  const bleed = state.bleed / state.trim[0];
  const image = await picture(pageAddress(index, page.picture, size * (1 + 2 * bleed)), `Page ${page.label}`);
  const node = make("div", { className: `page ${side}${index === marked ? " marked" : ""}` }, image);
  node.dataset.index = index;
  node.dataset.picture = page.picture;
  if (settings.guides) node.append(guides(page, state.trim, state.bleed));
  return node;
}

async function render() {
  if (!state || !stage.clientWidth) return;
  if (!state.pages.length) {
    const words = state.building ? "The book is being made…" : "There is no book to show yet.";
    stage.replaceChildren(make("p", { className: "nothing" }, words));
    return;
  }
  const spreads = shown();
  const here = place(spreads);
  const spread = spreads[here];
  if (!typing) by("label").value = state.pages[at].label;
  by("back").disabled = here === 0;
  by("forward").disabled = here === spreads.length - 1;
  stage.classList.toggle("sheet", settings.zoom === "sheet");
  stage.classList.toggle("guided", settings.guides);
  if (settings.zoom === "sheet") {
    drawing += 1;
    showSheet(stage, spreads, spread);
    return;
  }
  const size = width(spread.length);
  const bleed = (size * state.bleed) / state.trim[0];
  stage.style.setProperty("--wide", `${size}px`);
  stage.style.setProperty("--high", `${(size * state.trim[1]) / state.trim[0]}px`);
  stage.style.setProperty("--bleed", `${bleed}px`);
  const mine = (drawing += 1);
  const pages = spread.map((index) => state.pages[index]);
  const plan = JSON.stringify([spread, pages, size, state.trim, state.bleed, settings.guides, marked, devicePixelRatio]);
  if (stage.firstChild?.dataset.plan === plan) return;
  const sides = spread.length === 1 ? ["alone"] : ["verso", "recto"];
  try {
    const papers = await Promise.all(spread.map((index, side) => paper(index, sides[side], size)));
    if (mine !== drawing) return;
    stage.replaceChildren(make("div", { className: "spread" }, ...papers));
    stage.firstChild.dataset.plan = plan;
    if (stage.dataset.spread !== String(spread)) stage.scrollTop = 0;
    stage.dataset.spread = spread;
    const near = [spreads[here + 1], spreads[here - 1]].flat().filter((index) => index != null);
    for (const index of near) {
      picture(pageAddress(index, state.pages[index].picture, size * (1 + (2 * state.bleed) / state.trim[0])), "").catch(() => {});
    }
  } catch {
    // The book has changed under our hands, or the server is gone: the next state draws it again.
  }
}

function clicked(event) {
  const thumb = event.target.closest("button[data-index]");
  if (thumb) {
    zoom("fit");
    show(Number(thumb.dataset.index));
    stage.focus({ preventScroll: true });
    return;
  }
  const page = event.target.closest(".page[data-index]");
  if (page) turn(page.classList.contains("verso") ? -1 : 1);
}

function jump(event) {
  event.preventDefault();
  typing = false;
  const label = by("label").value.trim();
  if (showLabel(label)) by("label").select();
  else say(`There is no page “${label}”`);
  by("label").setAttribute("aria-invalid", String(!state.pages.some((page) => page.label === label)));
}

function changed(now, before) {
  const label = before?.pages.length ? before.pages[at].label : keep();
  const same = now.pages.findIndex((page) => page.label === label);
  at = same >= 0 ? same : Math.max(0, Math.min(at, now.pages.length - 1));
  by("total").textContent = `of ${now.pages.at(-1)?.label ?? 0}`;
  by("total").title = plural(now.pages.length, "page");
  by("legend").querySelector(".bleed").hidden = !now.bleed;
  by("labels").replaceChildren(...now.pages.map((page) => make("option", { value: page.label })));
  render();
  if (!before?.pages.length && at > 0) for (const listener of turned) listener(now.pages[at].label);
}

/** Make the printed pages ready. */
export function start() {
  onState(changed);
  choice(by("zoom"), "zoom", render);
  checkbox(by("guides"), "guides", () => {
    by("legend").hidden = !settings.guides;
    render();
  });
  by("back").addEventListener("click", () => turn(-1));
  by("forward").addEventListener("click", () => turn(1));
  by("jump").addEventListener("submit", jump);
  by("label").addEventListener("focus", (event) => event.target.select());
  by("label").addEventListener("input", () => (typing = true));
  by("label").addEventListener("blur", () => {
    typing = false;
    by("label").removeAttribute("aria-invalid");
    if (state?.pages.length) by("label").value = state.pages[at].label;
  });
  stage.addEventListener("click", clicked);
  new ResizeObserver(render).observe(stage);
}
