// What the server says of the book, followed for as long as somebody looks at the page.

const RETRY = 1000;
const listeners = [];
const watchers = [];

/** The last state of the server, null before the first; the keys are those of /state. */
export let state = null;
let stream = null;
let waiting = 0;
let loading = null;
let again = false;

/** Run `listener(state, before)` whenever the state has changed. */
export const onState = (listener) => listeners.push(listener);

/** Run `watcher(connected)` when the server is lost and when it is back. */
export const onLink = (watcher) => watchers.push(watcher);

/** Send JSON to the server; return its answer, or throw an Error whose message says what was wrong and what to do. */
export async function send(path, body = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("overprint preview does not answer: is it still running?");
  }
  if (answer.ok) return answer.status === 204 ? {} : answer.json();
  const { message = `the server answered ${answer.status}`, hint = "" } = await answer.json().catch(() => ({}));
  throw new Error(hint ? `${message}: ${hint}` : message);
}

async function load() {
  if (loading) {
    again = true;
    return;
  }
  do {
    again = false;
    loading = fetch("state").then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
    try {
      const before = state;
      state = await loading;
      for (const listener of listeners) listener(state, before);
    } catch (problem) {
      if (problem instanceof Error && !(problem instanceof TypeError)) console.error(problem);
      lost();
    }
    loading = null;
  } while (again);
}

function connect() {
  if (stream || document.hidden) return;
  stream = new EventSource("events");
  stream.addEventListener("open", () => {
    for (const watcher of watchers) watcher(true);
    load();
  });
  stream.addEventListener("state", load);
  stream.addEventListener("error", lost);
}

function leave() {
  stream?.close();
  stream = null;
  clearTimeout(waiting);
}

function lost() {
  leave();
  for (const watcher of watchers) watcher(false);
  waiting = setTimeout(connect, RETRY);
}

/** Follow the server. A page that nobody sees lets go: a browser allows few open lines to one server. */
export function follow() {
  connect();
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : connect()));
}
