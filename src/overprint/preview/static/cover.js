// The cover: the wrap with its spine, and the front as shops show it.

import { by, make } from "./dom.js";
import { picture } from "./pictures.js";
import { onState } from "./state.js";

async function fill(figure, name, hash, alt) {
  const sheet = figure.querySelector(".sheet");
  if (figure.dataset.hash === (hash ?? "")) return;
  figure.dataset.hash = hash ?? "";
  if (!hash) return sheet.replaceChildren();
  try {
    const image = await picture(`${name}.png?v=${encodeURIComponent(hash)}`, alt);
    if (figure.dataset.hash === hash) sheet.replaceChildren(image);
  } catch {
    delete figure.dataset.hash;
  }
}

function changed(now) {
  const spine = now.spine === null ? "" : `, with a spine of ${now.spine.toFixed(1)} mm`;
  by("wrap").querySelector("figcaption").textContent = now.wrap
    ? `Wrap${spine}`
    : "No wrap yet: it is made when the book names its printer, such as `profile: kdp` in book.yaml.";
  by("wrap").classList.toggle("none", !now.wrap);
  by("front").hidden = !now.cover;
  fill(by("wrap"), "wrap", now.wrap, `The wrap of the cover${spine}`);
  fill(by("front"), "cover", now.cover, `The front cover of ${now.title}`);
}

/** Make the cover ready. */
export const start = () => onState((now) => changed(now));
