// What the server says, as it says it. One connection; after any break the next one asks for what came after the
// last entry seen. The browser's own reconnecting is not used: it gives up for good after one bad answer.

const LONGEST_PAUSE = 30000;
let source = null;
let last = 0;
let failures = 0;
let timer = 0;
let heardAt = 0;
let hear = {}; // entry(entry), opened(), broken()

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
  hear.opened();
}

function broken() {
  source.close();
  source = null;
  hear.broken();
  later();
}

function connect() {
  clearTimeout(timer);
  if (source) source.close();
  source = new EventSource(`/events?after=${last}`);
  source.addEventListener("entry", take);
  source.addEventListener("open", opened);
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
