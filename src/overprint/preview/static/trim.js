// Where a selection lies in a comment's Markdown.

const ALIKE = [
  [/["“”«»]/g, '["“”«»]'],
  [/['‘’]/g, "['‘’]"],
  [/[-–—]+/g, "(?:-{1,3}|[–—])"],
  [/…|\\\.\\\.\\\./g, "(?:…|\\.{3})"],
];

const pattern = (word) => {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return ALIKE.reduce((found, [kind, all]) => found.replace(kind, () => all), escaped);
};

/** Return a place in UTF-16 units as one in code points. */
export const codePoints = (text, unit) => [...text.slice(0, unit)].length;

/**
 * Return [from, to] in code points of the one place in Markdown that reads like these words; null where there is none,
 * where there are several, or where cutting it would leave half a pair of marks such as `*`.
 */
export function find(source, words) {
  const parts = words.trim().split(/\s+/).filter(Boolean).map(pattern);
  if (!parts.length) return null;
  const found = [...source.matchAll(new RegExp(parts.join("[*_`]*[\\s>]+[*_`]*"), "gu"))];
  if (found.length !== 1 || (found[0][0].match(/[*_`]/g) ?? []).length % 2) return null;
  const { index } = found[0];
  return [codePoints(source, index), codePoints(source, index + found[0][0].length)];
}
