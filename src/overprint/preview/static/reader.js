// The e-book as a phone or a tablet shows it: a frame without scripts, swapped when its chapter has changed.

import { by, make } from "./dom.js";
import { checkbox, choice, set, settings } from "./settings.js";
import { onState, state } from "./state.js";

const DEVICES = { phone: [390, 760], tablet: [768, 1024] };
const SHORTEST = 420;
const SIZES = [80, 100, 120, 150, 200];
const NAV = "EPUB/nav.xhtml";
const TOP = 90;
// How long a chapter waits for its typefaces, in milliseconds, before it is shown in others.
const LETTERS = 400;
const screen = by("screen");
const read = [];

let frame = null;
let path = null;
let coming = 0;
let printed = new Map();
let wanted = null;

/** Run `listener(label)` when the reader has come to another printed page. */
export const onRead = (listener) => read.push(listener);

const encoded = (name) => name.split("/").map(encodeURIComponent).join("/");

function address(name, mark) {
  const query = new URLSearchParams({ size: settings.size });
  if (settings.dark) query.set("dark", "1");
  return `book/${encoded(name)}?${query}${mark ? `#${encodeURIComponent(mark)}` : ""}`;
}

/** Return the frame's document; null where the browser shows something of its own instead. */
function inside(each = frame) {
  try {
    return each?.contentDocument ?? null;
  } catch {
    return null;
  }
}

/** Show a chapter at a mark, or as far down as `share` of its length. The old one stays in sight until it is ready. */
function open(name, { mark = "", share = 0 } = {}) {
  const turn = (coming += 1);
  path = name;
  for (const late of screen.querySelectorAll(".coming")) late.remove();
  const chapter = state.chapters.find((each) => each.path === name);
  by("chapter").value = name;
  const next = make("iframe", { title: `E-book: ${chapter?.title ?? ""}`, className: "coming" });
  next.sandbox = "allow-same-origin";
  next.src = address(name, mark);
  next.addEventListener("load", async () => {
    await Promise.race([inside(next)?.fonts.ready, new Promise((late) => setTimeout(late, LETTERS))]);
    if (turn !== coming) return next.remove();
    const text = inside(next)?.documentElement;
    if (text && !mark) next.contentWindow.scrollTo(0, share * text.scrollHeight);
    const focused = frame && document.activeElement === frame;
    frame?.remove();
    frame = next;
    if (focused) frame.focus({ preventScroll: true });
    frame.classList.remove("coming");
    listen();
  });
  screen.append(next);
}

/** Return how far down the chapter the reader is, as a share of its length. */
function share() {
  const text = inside()?.documentElement;
  return text ? text.scrollTop / text.scrollHeight : 0;
}

const again = () => path && open(path, { share: share() });

/** Show the place in the e-book where a printed page begins. */
export function goTo(label) {
  const found = settings.follow && printed.get(label);
  wanted = printed.size ? null : label;
  if (!found) return;
  const [name, mark] = found;
  const target = name === path && inside()?.getElementById(mark);
  if (target) frame.contentWindow.scrollTo(0, target.getBoundingClientRect().top + frame.contentWindow.scrollY - 16);
  else open(name, { mark });
}

function listen() {
  const text = inside();
  if (!text) return;
  let waiting = 0;
  let before = null;
  let moved = false;
  const scrolled = () => {
    waiting = 0;
    if (!settings.follow || !moved) return;
    const breaks = [...text.querySelectorAll('[role~="doc-pagebreak"]')];
    const label = breaks.findLast((each) => each.getBoundingClientRect().top <= TOP)?.getAttribute("aria-label");
    if (!label || label === before) return;
    before = label;
    for (const listener of read) listener(label);
  };
  // Only a reader's own hand turns the printed page; a place that goTo has opened does not answer back.
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    text.addEventListener(kind, () => (moved = true), { passive: true });
  }
  text.addEventListener("scroll", () => (waiting ||= setTimeout(scrolled, 150)));
  text.addEventListener("click", clicked);
}

/** Follow a link within the book in the reader's own light and size; links elsewhere stay shut. */
function clicked(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  const target = new URL(link.href, inside().baseURI);
  const book = new URL("book/", document.baseURI).href;
  event.preventDefault();
  if (!target.href.startsWith(book)) return;
  const name = decodeURIComponent(target.href.slice(book.length).replace(/[?#].*/, ""));
  open(name, { mark: decodeURIComponent(target.hash.slice(1)) });
}

/** Learn from the book's own list of printed pages where each begins. */
async function learn() {
  const answer = await fetch(`book/${NAV}`).catch(() => null);
  if (!answer?.ok) return;
  // A parsed document is under the page's own policy, which allows no style of its own.
  const words = (await answer.text()).replace(/<style[^]*?<\/style>/g, "");
  const nav = new DOMParser().parseFromString(words, "application/xhtml+xml");
  const base = new URL(`book:/${NAV}`);
  const links = nav.querySelectorAll('[role~="doc-pagelist"] a[href]');
  printed = new Map(
    [...links].map((link) => {
      const target = new URL(link.getAttribute("href"), base);
      return [link.textContent.trim(), [decodeURIComponent(target.pathname.slice(1)), decodeURIComponent(target.hash.slice(1))]];
    }),
  );
  if (wanted) goTo(wanted);
}

function changed(now, before) {
  const same = JSON.stringify(now.chapters) === JSON.stringify(before?.chapters);
  if (same || !now.chapters.length) return;
  const hash = (book) => book?.chapters.find((each) => each.path === path)?.hash;
  by("chapter").replaceChildren(...now.chapters.map((each) => make("option", { value: each.path }, each.title)));
  learn();
  if (hash(now) === undefined) open(now.chapters[Math.min(now.chapters.length - 1, 1)].path);
  else if (hash(now) !== hash(before)) again();
  by("chapter").value = path;
}

/** Fit the device into its place: narrower by scale, shorter by showing less. */
function fit() {
  const desk = by("desk");
  const [wide, high] = DEVICES[settings.device];
  const style = getComputedStyle(desk);
  const across = desk.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const down = desk.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  if (across <= 0) return;
  const scale = Math.min(1, across / wide);
  const shown = Math.min(high, Math.max(SHORTEST, down / scale));
  screen.style.width = `${wide * scale}px`;
  screen.style.height = `${shown * scale}px`;
  screen.style.setProperty("--device-wide", `${wide}px`);
  screen.style.setProperty("--device-high", `${shown}px`);
  screen.style.setProperty("--device-scale", scale);
}

function step(steps) {
  const place = state.chapters.findIndex((each) => each.path === path) + steps;
  if (state.chapters[place]) open(state.chapters[place].path);
}

/** Make the reader ready. */
export function start() {
  by("size").append(...SIZES.map((each) => make("option", { value: each }, `${each} %`)));
  by("size").value = settings.size;
  by("size").addEventListener("change", () => {
    set({ size: Number(by("size").value) });
    again();
  });
  choice(by("device"), "device", () => {
    document.body.dataset.device = settings.device;
    fit();
  });
  document.body.dataset.device = settings.device;
  checkbox(by("dark"), "dark", () => {
    screen.classList.toggle("dark", settings.dark);
    again();
  });
  checkbox(by("follow"), "follow", () => {});
  by("chapter").addEventListener("change", () => open(by("chapter").value));
  by("chapter-back").addEventListener("click", () => step(-1));
  by("chapter-on").addEventListener("click", () => step(1));
  new ResizeObserver(fit).observe(by("desk"));
  onState(changed);
}
