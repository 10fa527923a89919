// The web chat put together: what comes from the server, what goes to it, and what is shown when neither does.

import * as banner from "./banner.js";
import * as composer from "./composer.js";
import * as entries from "./entries.js";
import * as queue from "./queue.js";
import * as scroll from "./scroll.js";
import * as stream from "./stream.js";
import { say } from "./texts.js";
import * as unsent from "./unsent.js";

const QUIET = 400;
const SILENCE = 240000; // a line that a router has dropped looks like one on which nobody speaks
const ECHO = 8000; // how long the server may take to show a message that it has stored
const quiet = document.getElementById("quiet");
const title = document.title;
const echoes = new Map(); // client id → alarm
const items = new Map(); // client id → what was to be sent, for taking it back
let arriving = [];
let flushing = 0;
let settling = 0;
let isHistory = true;
let unread = 0;

function countUnread(entry) {
  if (!document.hidden || isHistory || entry.kind === "in") return;
  unread += 1;
  document.title = `(${unread}) ${title}`;
}

function mine(entry) {
  if (!entry.client) return false;
  queue.arrived(entry.client);
  clearTimeout(echoes.get(entry.client));
  echoes.delete(entry.client);
  return unsent.remove(entry.client);
}

function place(entry) {
  const isOwn = mine(entry);
  const shown = entries.show(entry);
  if (shown) countUnread(entry);
  return shown && !isOwn ? { entry, shown } : null;
}

function pointAt({ entry, shown }, wasAtEnd) {
  if (entry.kind === "edit") scroll.toChanged(shown, wasAtEnd && shown.classList.contains("newest"));
  else if (!wasAtEnd) scroll.offerNew();
}

function flush() {
  const wasAtEnd = isHistory || scroll.atEnd();
  const batch = arriving;
  arriving = [];
  flushing = 0;
  const placed = batch.map(place).filter(Boolean);
  quiet.hidden = true;
  if (wasAtEnd) scroll.toEnd();
  if (!isHistory) placed.forEach((each) => pointAt(each, wasAtEnd));
  document.dispatchEvent(new CustomEvent("thidua:entries"));
}

/** The history has come in once nothing has come for a moment. */
function settleSoon() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    isHistory = false;
    entries.settled();
    if (!quiet.hidden) quiet.textContent = say("nothing_yet");
  }, QUIET);
}

function heard(entry) {
  arriving.push(entry); // shown in batches: a long history would otherwise lay out the page once per message
  if (!flushing) flushing = setTimeout(flush, 25);
  if (isHistory) settleSoon();
}

function send(content) {
  queue.send(content);
  scroll.toEnd();
}

function stored(client) {
  items.delete(client);
  if (unsent.stored(client)) echoes.set(client, setTimeout(() => stream.renew(), ECHO));
}

function refused(client, error) {
  const item = items.get(client);
  const discard = () => {
    queue.giveUp(client);
    unsent.remove(client);
  };
  const rewrite = () => {
    discard();
    composer.putBack(item.text);
  };
  scroll.keepingEnd(() => unsent.refused(client, error, discard, item.text ? rewrite : null));
}

function added(item, isLost) {
  items.set(item.client, item);
  quiet.hidden = true;
  unsent.add(item);
  scroll.toEnd();
  if (isLost) refused(item.client, say("photo_lost"));
}

function backAgain() {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
  stream.renew(20000);
  queue.hurry();
}

function watchTheDoor() {
  document.addEventListener("visibilitychange", backAgain);
  window.addEventListener("pageshow", (event) => event.persisted && backAgain());
  window.addEventListener("online", () => {
    stream.renew();
    queue.hurry();
  });
  window.addEventListener("offline", banner.lost);
  setInterval(() => document.hidden || stream.renew(SILENCE), 60000);
}

queue.start({
  added,
  stored,
  refused,
  reached: (yes) => (yes ? banner.found() : banner.lost()),
  signedOut: banner.signedOut,
});
entries.onPress((press, label) => queue.isWaiting(press) || send({ press, label }));
composer.start(send);
watchTheDoor();
stream.listen({
  entry: heard,
  broken: banner.lost,
  opened: () => {
    banner.found();
    queue.hurry();
    if (isHistory) settleSoon();
  },
});
