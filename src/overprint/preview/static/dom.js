// Small words for the page's elements.

export const by = (id) => document.getElementById(id);

/** Return a new element; `properties` are set on it, those with a hyphen as attributes; children are nodes or text. */
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** Return a new element of a drawing, with its attributes. */
export function draw(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Tell those who listen to the page; the same words twice are said twice. */
export function say(words) {
  const place = by("said");
  place.textContent = place.textContent === words ? `${words}\u00a0` : words;
}

export const plural = (number, one, many = `${one}s`) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
