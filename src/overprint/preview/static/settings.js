// How this reader likes the page, kept by the browser: { zoom, guides, device, dark, size, follow, folded, letters }.

const NAME = "overprint preview";
const USUAL = {
  zoom: "fit", guides: false, device: "phone", dark: false, size: 100, follow: true, folded: false, letters: true,
};

function kept() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

export const settings = { ...USUAL, ...kept() };

/** Change settings and keep them where the browser lets us. */
export function set(changes) {
  Object.assign(settings, changes);
  try {
    localStorage.setItem(NAME, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing still shows the book.
  }
}

/** Remember the page that this tab looks at, for when it is loaded again; without a label, return it. */
export function place(label) {
  try {
    if (label !== undefined) sessionStorage.setItem(NAME, label);
    return sessionStorage.getItem(NAME);
  } catch {
    return null;
  }
}

/** Bind a checkbox to a setting; `changed` runs after each change, and now. */
export function checkbox(node, name, changed) {
  node.checked = settings[name];
  node.addEventListener("change", () => {
    set({ [name]: node.checked });
    changed();
  });
  changed();
}

/** Bind a group of radio buttons to a setting. */
export function choice(group, name, changed) {
  for (const each of group.querySelectorAll("input")) {
    each.checked = each.value === settings[name];
    each.addEventListener("change", () => {
      set({ [name]: each.value });
      changed();
    });
  }
}
