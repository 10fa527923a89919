// The web chat put together: what comes from the server, what goes to it, and what is shown when neither does.

import * as app from "./app.js";
import * as banner from "./banner.js";
import * as composer from "./composer.js";
import * as entries from "./entries.js";
import { wipe } from "./keep.js";
import * as options from "./options.js";
import * as queue from "./queue.js";
import * as reading from "./reading.js";
import * as recorder from "./recorder.js";
import * as scroll from "./scroll.js";
import * as stream from "./stream.js";
import { say } from "./texts.js";
import * as unsent from "./unsent.js";
import * as viewer from "./viewer.js";

const QUIET = 400;
const SILENCE = 240000; // a line that a router has dropped looks like one on which nobody speaks
const ECHO = 8000; // how long the server may take to show a message that it has stored
const quiet = document.getElementById("quiet");
const echoes = new Map(); // client id → alarm
const items = new Map(); // client id → what was to be sent, for taking it back
let arriving = [];
let flushing = 0;
let settling = 0;
let isHistory = true;
let newest = 0;

function mine(entry) {
  if (!entry.client) return false;
  queue.arrived(entry.client);
  clearTimeout(echoes.get(entry.client));
  echoes.delete(entry.client);
  return unsent.remove(entry.client);
}

function place(entry, isWatched) {
  const isOwn = mine(entry);
  const shown = entries.show(entry);
  newest = Math.max(newest, entry.id);
  const isNew = shown && entry.kind !== "edit";
  if (isNew) reading.arrived(entry, shown, isWatched);
  return isNew && !isOwn;
}

function flush() {
  const wasAtEnd = isHistory || scroll.atEnd();
  const isWatched = !isHistory && !document.hidden && wasAtEnd;
  const batch = arriving;
  arriving = [];
  flushing = 0;
  const hasNew = batch.map((entry) => place(entry, isWatched)).some(Boolean);
  quiet.hidden = true;
  if (wasAtEnd) scroll.toEnd();
  else if (hasNew) scroll.offerNew();
  if (!isHistory) read();
  document.dispatchEvent(new CustomEvent("thidua:entries"));
}

/** What stands in sight of somebody is read. */
function read() {
  if (!document.hidden && scroll.atEnd()) reading.readAll(newest);
}

/** Whoever comes to the conversation begins where they stopped. */
function goOnReading() {
  if (reading.markNow()) scroll.toMark(reading.markNow());
  read();
}

/** The history has come in once nothing has come for a moment. */
function settleSoon() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    isHistory = false;
    entries.settled();
    goOnReading();
    if (!quiet.hidden) quiet.textContent = say("nothing_yet");
  }, QUIET);
}

function heard(entry) {
  arriving.push(entry); // shown in batches: a long history would otherwise lay out the page once per message
  if (!flushing) flushing = setTimeout(flush, 25);
  if (isHistory) settleSoon();
}

/** A few words are for the page itself; they may be typed with or without marks. */
function isForThePage(text) {
  const plain = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  return say("page_words").split("|").includes(plain.replace(/\s+/g, " "));
}

function send(content) {
  if (content.text && isForThePage(content.text)) {
    options.show();
    return;
  }
  reading.forgetMark();
  queue.send(content);
  scroll.toEnd();
}

function stored(client, answer) {
  items.delete(client);
  if (answer.linked) window.location.reload(); // a code opened the chat of another device here
  if (answer.renewed) stream.renew();
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
  if (isLost) refused(item.client, say(item.sound ? "recording_lost" : "photo_lost"));
}

function backAgain() {
  if (document.hidden) return;
  goOnReading();
  stream.renew(20000);
  queue.hurry();
  app.lookForNewer();
}

function lost() {
  banner.lost();
  if (isHistory) quiet.textContent = say("not_loaded");
}

/** Signed out, the page shows nothing any more of what was said, and the device keeps nothing of it. */
async function signedOut(ended) {
  if (!ended && queue.hasUnsent()) return; // while a secret is renewed, the answer to what is under way tells
  banner.signedOut(ended);
  if (!ended) return;
  queue.stop();
  stream.stop();
  document.body.classList.add("ended");
  ["entries", "unsent"].forEach((id) => (document.getElementById(id).textContent = ""));
  await wipe();
}

async function endedHere() {
  await signedOut(true);
  window.location.reload();
}

function watchTheDoor() {
  document.addEventListener("visibilitychange", backAgain);
  window.addEventListener("pageshow", (event) => event.persisted && backAgain());
  window.addEventListener("online", () => {
    stream.renew();
    queue.hurry();
  });
  window.addEventListener("offline", lost);
  window.addEventListener("scroll", read);
  setInterval(() => document.hidden || stream.renew(SILENCE), 60000);
}

queue.start({
  added,
  stored,
  refused,
  reached: (yes) => (yes ? banner.found() : lost()),
  signedOut: (ended) => (ended ? signedOut(true) : banner.signedOut(false)),
});
entries.onPress((press, label) => queue.isWaiting(press) || send({ press, label }));
composer.start(send);
viewer.start();
options.start({ ended: endedHere });
recorder.start(send);
watchTheDoor();
stream.listen({
  entry: heard,
  broken: lost,
  signedOut,
  moved: () => window.location.reload(),
  opened: () => {
    banner.found();
    queue.hurry();
    if (isHistory) settleSoon();
  },
});
app.start();
