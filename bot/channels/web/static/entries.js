// What was said, as the server keeps it: bubbles, day marks, buttons, photos, and messages that changed in place.

import { recordings } from "./recordings.js";
import { day, element, hour, say } from "./texts.js";

const list = document.getElementById("entries");
const log = document.getElementById("log");
const WHOLE = /(\b0\d{3} \d{3} \d{3}\b|\b\d+-\d+\b)/; // a phone number, a receipt's number
const shown = new Map(); // entry id → its <li>; an edit's id leads to the bubble it changed
let lastDay = "";

/** A phone number is called by a tap; neither it nor a receipt's number is broken over two lines. */
function unbroken(text) {
  return text.split(WHOLE).map((part, at) => {
    if (at % 2 === 0) return part;
    const made = element(part.includes("-") ? "span" : "a", "whole", part);
    if (made.nodeName === "A") made.href = `tel:${part.replace(/ /g, "")}`;
    return made;
  });
}

/** The children of `from`, keeping b, i and br alone: the server has escaped the rest, this is the second lock. */
function tiny(from) {
  const into = document.createDocumentFragment();
  from.childNodes.forEach((node) => {
    if (node.nodeType === Node.TEXT_NODE) into.append(...unbroken(node.textContent));
    else if (/^(B|I|EM|BR)$/.test(node.nodeName)) into.append(element(node.nodeName, "", tiny(node)));
    else into.append(tiny(node));
  });
  return into;
}

function words(html) {
  return element("div", "words", tiny(new DOMParser().parseFromString(html, "text/html").body));
}

function thumbnail(address, index, entry) {
  const image = element("img");
  image.alt = say("photo", { number: index + 1, count: entry.photos.length, time: hour(entry.at) });
  image.width = image.height = 132;
  image.loading = "lazy";
  image.addEventListener("error", () => image.replaceWith(element("span", "photo-missing", say("photo_missing"))));
  image.src = address;
  const link = element("a", "", image);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  return element("li", "", link);
}

function photos(entry) {
  const thumbnails = entry.photos.map((address, index) => thumbnail(address, index, entry));
  return element("ul", thumbnails.length === 1 ? "photos single" : "photos", ...thumbnails);
}

function download(file) {
  const link = element("a", "file", file.name);
  link.href = file.address;
  link.download = file.name;
  link.setAttribute("aria-label", say("document", { name: file.name }));
  return link;
}

function when(entry) {
  const time = element("time", "", hour(entry.at));
  time.dateTime = entry.at;
  const line = element("p", "when", time);
  if (entry.repeated) line.append(" · ", say("repeated"));
  if (entry.kind === "in") line.append(" · ", element("span", "sent", say("sent"), " ✓"));
  return line;
}

function button(choice) {
  const made = element("button", "choice", choice.label);
  made.type = "button";
  made.dataset.data = choice.data;
  return made;
}

function buttons(entry) {
  const group = element("div", "choices", ...entry.choices.map(button));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say("choose"));
  return group;
}

function parts(entry) {
  const bubble = element("div", "bubble", element("span", "sr", say(entry.kind === "in" ? "outgoing" : "incoming")));
  if (entry.html) bubble.append(words(entry.html));
  if (entry.photos.length) bubble.append(photos(entry));
  if (entry.recordings.length) bubble.append(recordings(entry));
  entry.documents.forEach((file) => bubble.append(download(file)));
  bubble.append(when(entry));
  return entry.choices.length ? [bubble, buttons(entry)] : [bubble];
}

function markDay(entry) {
  const today = day(entry.at);
  if (today === lastDay) return;
  lastDay = today;
  list.append(element("li", "day", element("h2", "", today)));
}

function append(entry) {
  const item = element("li", `entry ${entry.kind === "in" ? "mine" : "theirs"}`, ...parts(entry));
  item.tabIndex = -1;
  markDay(entry);
  list.append(item);
  shown.set(entry.id, item);
  if (entry.replaces) shown.set(entry.replaces, item); // what it replaced lies further back than is shown
  if (entry.kind !== "in") {
    list.querySelectorAll(".newest").forEach((old) => old.classList.remove("newest"));
    item.classList.add("newest");
  }
  return item;
}

/** The button that did the same before the message changed, else its first, else the message itself. */
function giveFocusBack(item, data) {
  const all = Array.from(item.querySelectorAll(".choice"));
  (all.find((each) => each.dataset.data === data) || all[0] || item).focus({ preventScroll: true });
}

/** What renews itself is nothing new: nobody is called to it, and nothing of it is read out. */
function change(item, entry) {
  const focused = item.contains(document.activeElement) ? document.activeElement : null;
  item.setAttribute("aria-live", "off");
  item.textContent = "";
  item.append(...parts(entry));
  shown.set(entry.id, item);
  if (focused) giveFocusBack(item, focused.dataset.data);
  return item;
}

/** Shows one entry of the server. Gives its <li>, or null when that entry already stands there. */
export function show(entry) {
  if (shown.has(entry.id)) return null;
  const replaced = entry.kind === "edit" && shown.get(entry.replaces);
  return replaced ? change(replaced, entry) : append(entry);
}

/** Calls `press(data, label)` for every pressed button, at most once a second for the same one. */
export function onPress(press) {
  list.addEventListener("click", (event) => {
    const pressed = event.target.closest(".choice");
    if (!pressed || Date.now() - Number(pressed.dataset.at || 0) < 1000) return;
    pressed.dataset.at = Date.now();
    const label = pressed.dataset.label || pressed.textContent;
    markPressed(pressed, label);
    press(pressed.dataset.data, label);
  });
}

function markPressed(pressed, label) {
  if (pressed.dataset.label) return;
  pressed.dataset.label = label;
  pressed.classList.add("pressed");
  pressed.append(element("span", "sr", " ", say("pressed")));
}

/** While the history comes in, screen readers are not read all of it. */
export function settled() {
  log.setAttribute("aria-busy", "false");
}
