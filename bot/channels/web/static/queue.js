// The unsent queue: one thing at a time, in order, again and again until the server has stored it.
// The server knows each by the id given here, so a repetition never doubles anything.

import { forget, keep, leftOver } from "./keep.js";

const LONGEST_PAUSE = 30000;
const waiting = [];
let watch = {}; // added(item), stored(client, answer), refused(client, error), reached(yes), signedOut(ended)
let busy = false;
let failures = 0;
let timer = 0;
let isOver = false;

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A photo, or a recording, which is kept and sent in the same way. */
function photoBody(item) {
  const body = new FormData();
  body.append("client", item.client);
  body.append(item.sound ? "recording" : "photo", item.photo, item.name || "photo.jpg");
  return body;
}

function pathOf(item) {
  if (item.sound) return "/recordings";
  return item.photo ? "/photos" : "/messages";
}

function wordsBody({ client, text, press, label }) {
  return JSON.stringify(press === undefined ? { client, text } : { client, press, label });
}

async function post(item) {
  const cut = new AbortController();
  const alarm = setTimeout(() => cut.abort(), item.photo ? 180000 : 30000);
  const headers = item.photo ? { "X-Thidua": "1" } : { "X-Thidua": "1", "Content-Type": "application/json" };
  const body = item.photo ? photoBody(item) : wordsBody(item);
  try {
    return await fetch(pathOf(item), { method: "POST", credentials: "same-origin", headers, body, signal: cut.signal });
  } finally {
    clearTimeout(alarm);
  }
}

async function answerOf(response) {
  try {
    return await response.json();
  } catch (notJson) {
    return {};
  }
}

function take(client) {
  const index = waiting.findIndex((item) => item.client === client);
  return index < 0 ? null : waiting.splice(index, 1)[0];
}

function isFinal(status) {
  return status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status);
}

/** True when the next item may follow at once. */
async function settle(item, response) {
  if (response.ok) {
    take(item.client);
    forget(item.client);
    watch.stored(item.client, await answerOf(response));
    return true;
  }
  if (isFinal(response.status)) {
    take(item.client);
    watch.refused(item.client, (await answerOf(response)).error || "");
    return true;
  }
  if (response.status === 401 || response.status === 403) watch.signedOut(Boolean((await answerOf(response)).ended));
  return false;
}

async function attempt(item) {
  try {
    const response = await post(item);
    watch.reached(response.status < 500);
    return await settle(item, response);
  } catch (unreachable) {
    watch.reached(false);
    return false;
  }
}

/** After two failures a photo steps back, so that a large one on a weak line does not hold up the words behind it. */
function next() {
  return (failures >= 2 && waiting.find((item) => !item.photo)) || waiting[0];
}

function rest() {
  const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures);
  failures += 1;
  clearTimeout(timer);
  timer = setTimeout(run, pause * (0.75 + Math.random() / 2));
}

async function run() {
  if (busy || isOver) return;
  busy = true;
  clearTimeout(timer);
  while (waiting.length && (await attempt(next()))) failures = 0;
  busy = false;
  if (waiting.length && !isOver) rest();
}

function enter(item) {
  waiting.push(item);
  watch.added(item);
}

/** Puts something into the queue: {text}, {press, label} or {photo, name}, with `sound` for a recording. Kept before anything else happens. */
export function send(content) {
  const item = { client: uuid(), at: Date.now() + waiting.length / 1000, ...content };
  enter(item);
  keep(item);
  run();
  return item;
}

/** True while a press of that button is still under way. */
export function isWaiting(press) {
  return waiting.some((item) => item.press === press);
}

/** The server has shown that it holds this one, whatever became of our request. */
export function arrived(client) {
  if (take(client)) forget(client);
}

/** The person gave it up, or took its words back into the writing box. */
export function giveUp(client) {
  take(client);
  forget(client);
}

/** True while anything is under way. */
export function hasUnsent() {
  return waiting.length > 0;
}

/** Sends nothing more: this device was signed out. */
export function stop() {
  isOver = true;
  clearTimeout(timer);
}

/** Tries at once: the network came back, the page came to the front. */
export function hurry() {
  failures = 0;
  run();
}

/** Starts with what earlier pages left. `observer` hears what becomes of each item. */
export async function start(observer) {
  watch = observer;
  const items = (await leftOver()).filter((item) => !waiting.some((sent) => sent.client === item.client));
  items.filter((item) => item.photo !== null).forEach(enter);
  items.filter((item) => item.photo === null).forEach((item) => watch.added(item, true));
  run();
}
