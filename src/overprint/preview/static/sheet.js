// The contact sheet: every spread small; a picture is fetched when it comes into sight.

import { make } from "./dom.js";
import { pageAddress, picture } from "./pictures.js";
import { state } from "./state.js";

const WIDE = 92;

async function fill(page) {
  const index = Number(page.dataset.index);
  const hash = state.pages[index]?.picture;
  if (!hash || page.dataset.picture === hash) return;
  page.dataset.picture = hash;
  try {
    const image = await picture(pageAddress(index, hash, WIDE), "");
    if (page.dataset.picture === hash) page.replaceChildren(image);
  } catch {
    delete page.dataset.picture;
  }
}

const sight = new IntersectionObserver((entries) => {
  for (const each of entries) {
    each.target.dataset.seen = each.isIntersecting ? "yes" : "";
    if (each.isIntersecting) fill(each.target);
  }
});

function thumb(spread) {
  const sides = spread.map((index) => {
    const page = make("span", { className: index === null ? "page none" : "page" });
    if (index !== null) {
      page.dataset.index = index;
      sight.observe(page);
    }
    return page;
  });
  const labels = spread.filter((index) => index !== null).map((index) => state.pages[index].label);
  const node = make(
    "button",
    { type: "button", className: "thumb", "aria-label": `${labels.length > 1 ? "Pages" : "Page"} ${labels.join(" and ")}` },
    make("span", { className: "spread" }, ...sides),
    make("span", { className: "labels", "aria-hidden": "true" }, labels.join(" – ")),
  );
  node.dataset.index = spread.find((index) => index !== null);
  return node;
}

/** Show the contact sheet in the stage; one that is there already only changes the pages that have changed. */
export function showSheet(stage, spreads, here) {
  const plan = JSON.stringify([spreads, state.pages.map((page) => page.label), state.trim]);
  let sheet = stage.querySelector(".thumbs");
  if (sheet?.dataset.plan !== plan) {
    sight.disconnect();
    sheet = make("div", { className: "thumbs" }, ...spreads.map(thumb));
    sheet.dataset.plan = plan;
    stage.style.setProperty("--wide", `${WIDE}px`);
    stage.style.setProperty("--high", `${(WIDE * state.trim[1]) / state.trim[0]}px`);
    stage.style.setProperty("--bleed", `${(WIDE * state.bleed) / state.trim[0]}px`);
    stage.replaceChildren(sheet);
    sheet.children[spreads.indexOf(here)]?.scrollIntoView({ block: "center" });
  }
  for (const page of sheet.querySelectorAll('.page[data-seen="yes"]')) fill(page);
  for (const [index, node] of [...sheet.children].entries()) {
    if (spreads[index] !== here) node.removeAttribute("aria-current");
    else if (!node.hasAttribute("aria-current")) {
      node.setAttribute("aria-current", "true");
      node.scrollIntoView({ block: "nearest" });
    }
  }
}
