// Words of a book beside our own: only the elements below are kept, and nothing that leads or loads elsewhere.

const KEPT = new Set(
  "P EM STRONG B I CITE BLOCKQUOTE UL OL LI H1 H2 H3 H4 H5 H6 SUP SUB CODE PRE BR HR DL DT DD TABLE THEAD TBODY TR TH TD DEL INS SMALL FIGURE FIGCAPTION"
    .split(" "),
);
const DROPPED = new Set("SCRIPT STYLE IFRAME OBJECT EMBED TEMPLATE HEAD TITLE SVG MATH".split(" "));

function copy(from, to) {
  for (const node of from.childNodes) {
    const name = node.nodeName.toUpperCase();
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(name)) continue;
    else if (name === "IMG") to.append(node.getAttribute("alt") ? `[${node.getAttribute("alt")}]` : "[picture]");
    else if (KEPT.has(name)) to.append(copy(node, document.createElement(name)));
    else if (name === "A") {
      const link = copy(node, document.createElement("span"));
      link.className = "link";
      link.title = node.getAttribute("href") ?? "";
      to.append(link);
    } else copy(node, to);
  }
  return to;
}

/** Return the nodes of a piece of HTML that are safe to show. */
export const safe = (html) =>
  copy(new DOMParser().parseFromString(html, "text/html").body, document.createDocumentFragment());
