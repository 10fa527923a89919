// Everybody's screens: one list for each chat, shown in the panel of its side, each at its newest message.

import { day, element, hour, say } from "./texts.js";

const SIDES = ["head", "office", "group"];
const chats = new Map(); // chat id → { name, what, side, list, lastDay, items: entry id → <li> }
const panels = new Map(); // side → { section, title, what, log, shown }
let screens = null;

function panel(side) {
  const title = element("h2", "screen-name");
  const what = element("p", "screen-what");
  const log = element("div", "screen-log");
  log.tabIndex = 0;
  log.setAttribute("role", "region");
  const section = element("section", `screen side-${side}`, element("header", "screen-head", title, what), log);
  section.setAttribute("aria-label", say(`side_${side}`));
  log.setAttribute("aria-label", say(`side_${side}`));
  screens.append(section);
  return { section, title, what, log, shown: "" };
}

/** Begins anew with these chats. */
export function start(into, cast) {
  screens = into;
  panels.forEach((each) => each.section.remove());
  panels.clear();
  chats.clear();
  SIDES.forEach((side) => panels.set(side, panel(side)));
  cast.forEach((each) => chats.set(each.id, { ...each, list: element("ol", "entries"), lastDay: "", items: new Map() }));
  SIDES.forEach((side) => show(first(side)));
}

function first(side) {
  return Array.from(chats.values()).find((each) => each.side === side && each.first);
}

function show(chat) {
  const on = panels.get(chat.side);
  if (on.shown !== chat.id) {
    on.shown = chat.id;
    on.title.textContent = chat.name;
    on.what.textContent = chat.what;
    on.log.textContent = "";
    on.log.append(chat.list.children.length ? chat.list : element("p", "screen-quiet", say("quiet")));
  } else if (!chat.list.parentNode && chat.list.children.length) {
    on.log.textContent = "";
    on.log.append(chat.list);
  }
  on.log.scrollTop = on.log.scrollHeight;
}

/** Where something happens: its side shows that chat, and a narrow screen shows that side. */
export function look(id) {
  const chat = chats.get(id);
  if (!chat) return;
  show(chat);
  panels.forEach((each, side) => each.section.classList.toggle("looked-at", side === chat.side));
}

/** The server has escaped everything but b, i and br; this is the second lock. */
function tiny(from) {
  const into = document.createDocumentFragment();
  from.childNodes.forEach((node) => {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.textContent);
    else if (/^(B|I|EM|BR)$/.test(node.nodeName)) into.append(element(node.nodeName, "", tiny(node)));
    else into.append(tiny(node));
  });
  return into;
}

function photo(address) {
  const image = element("img");
  image.alt = say("photo");
  image.addEventListener("load", () => panels.forEach((each) => (each.log.scrollTop = each.log.scrollHeight)));
  image.src = address;
  return element("p", "screen-photo", image);
}

function bubble(entry) {
  const time = element("time", "", hour(entry.at));
  time.dateTime = entry.at;
  const aloud = element("span", "sr", say(entry.kind === "in" ? "outgoing" : "incoming"), " ");
  const made = element("div", "bubble", aloud);
  if (entry.html) made.append(element("div", "words", tiny(new DOMParser().parseFromString(entry.html, "text/html").body)));
  made.append(...entry.photos.map(photo), element("p", "when", time));
  return made;
}

function buttons(entry) {
  return element("p", "screen-choices", ...entry.choices.map((each) => element("span", "screen-choice", each.label)));
}

/** One message on somebody's screen. */
export function add(entry) {
  const chat = chats.get(entry.chat);
  if (!chat) return;
  const item = element("li", `entry ${entry.kind === "in" ? "mine" : "theirs"}`, bubble(entry));
  if (entry.choices.length) item.append(buttons(entry));
  const replaced = chat.items.get(entry.replaces);
  chat.items.set(entry.replaces || entry.id, item);
  if (replaced) {
    replaced.replaceWith(item);
    return;
  }
  const today = day(entry.at);
  if (today !== chat.lastDay) chat.list.append(element("li", "day", element("h3", "", today)));
  chat.lastDay = today;
  chat.list.append(item);
  if (panels.get(chat.side).shown === chat.id) show(chat);
}

/** The first chat of a side, for whoever wants to be that person. */
export function firstOf(side) {
  return first(side);
}
