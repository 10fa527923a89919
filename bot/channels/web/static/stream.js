// What the server says, as it says it. One connection; after any break the next one asks for what came after the
// last entry seen. The browser's own reconnecting is not used: it gives up for good after one bad answer.

const LONGEST_PAUSE = 30000;
let source = null;
let last = 0;
let failures = 0;
let timer = 0;
let heardAt = 0;
let isOver = false;
let wasOpened = false;
let hear = {}; // entry(entry), opened(), broken(), signedOut(ended), moved()

function later() {
  const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures) * (0.75 + Math.random() / 2);
  failures += 1;
  clearTimeout(timer);
  timer = setTimeout(connect, pause);
}

function take(event) {
  heardAt = Date.now();
  const entry = JSON.parse(event.data);
  last = Math.max(last, entry.id);
  hear.entry(entry);
}

function opened() {
  heardAt = Date.now();
  failures = 0;
  wasOpened = true;
  hear.opened();
}

/** The browser does not say why a stream would not open; an ordinary question does. */
async function whetherSignedOut() {
  try {
    const response = await fetch("/devices", { credentials: "same-origin" });
    if (response.status === 401) hear.signedOut((await response.text()).includes("ended"));
  } catch (unreachable) {
    // no network: nothing is known
  }
}

function broken() {
  source.close();
  source = null;
  if (!wasOpened) whetherSignedOut();
  hear.broken();
  later();
}

/** Listens no more: this device was signed out. */
export function stop() {
  isOver = true;
  clearTimeout(timer);
  if (source) source.close();
}

function connect() {
  clearTimeout(timer);
  if (isOver) return;
  if (source) source.close();
  wasOpened = false;
  source = new EventSource(`/events?after=${last}`);
  source.addEventListener("entry", take);
  source.addEventListener("open", opened);
  source.addEventListener("ended", () => hear.signedOut(true));
  source.addEventListener("moved", () => hear.moved());
  source.addEventListener("error", broken);
}

/** Listens for good. `listener` hears entry(entry), opened() and broken(). */
export function listen(listener) {
  hear = listener;
  connect();
}

/** A phone that slept holds dead connections that look alive: connect anew unless something was heard just now. */
export function renew(quietFor = 0) {
  if (Date.now() - heardAt >= quietFor) connect();
}
