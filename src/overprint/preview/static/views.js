// Which view is open: it stands in the address behind #, so a reload comes back to it.

export const VIEWS = ["pages", "reader", "cover", "comments", "findings"];
const listeners = [];

/** Return the name of the open view. */
export const view = () => (VIEWS.find((name) => location.hash === `#/${name}`) ?? "pages");

/** Run `listener(name)` when another view is opened. */
export const onView = (listener) => listeners.push(listener);

/** Open a view. */
export const open = (name) => location.replace(`#/${name}`);

function changed() {
  const name = view();
  document.body.dataset.view = name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#/${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const listener of listeners) listener(name);
}

/** Make the views ready. */
export function start() {
  for (const link of document.querySelectorAll("nav a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(link.hash.slice(2));
    });
  }
  addEventListener("hashchange", changed);
  changed();
}
