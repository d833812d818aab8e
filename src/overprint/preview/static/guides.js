// The guides over a page: trim, bleed, margins and the baseline grid, in points from the corner of the trim.

import { draw } from "./dom.js";

const box = (kind, left, top, width, height) => draw("rect", { class: kind, x: left, y: top, width, height });

/** Return a drawing over a page with its bleed. */
export function guides(page, [width, height], bleed) {
  const [top, right, bottom, left] = page.margins;
  const size = { viewBox: `${-bleed} ${-bleed} ${width + 2 * bleed} ${height + 2 * bleed}`, class: "guides", "aria-hidden": "true" };
  const drawing = draw("svg", size);
  for (let line = page.first; page.grid > 0 && line <= height - bottom + 0.5; line += page.grid) {
    drawing.append(draw("line", { class: "grid", x1: left, x2: width - right, y1: line, y2: line }));
  }
  drawing.append(box("margins", left, top, width - left - right, height - top - bottom), box("trim", 0, 0, width, height));
  if (bleed) drawing.append(box("bleed", -bleed, -bleed, width + 2 * bleed, height + 2 * bleed));
  return drawing;
}
