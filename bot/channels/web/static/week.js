// A week played before one's eyes: the clock, one line that says what is happening, who has reported, and the screens.

import { ask } from "./asking.js";
import * as panels from "./panels.js";
import { day, element, hour, say } from "./texts.js";

const by = (id) => document.getElementById(id);
const screens = by("screens");
const shortDays = say("short_weekdays").split("|");
const standings = new Map(say("standings").split("|").map((each) => each.split("=")));
const DAY = 24 * 3600 * 1000;
let begins = 0;
let ends = 0;
let state = "none";
let waiting = []; // entries that came before the state that tells where to look
let wasSeen = false;

function put(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

function cast(told) {
  begins = Date.parse(told.begins);
  ends = Date.parse(told.ends);
  wasSeen = false;
  panels.start(screens, told.chats);
  const days = by("days");
  days.textContent = "";
  for (let at = begins; at <= ends; at += DAY) {
    const weekday = new Date(at + 7 * 3600 * 1000).getUTCDay();
    days.append(element("li", "", shortDays[weekday]));
  }
  put(by("be-head"), say("be_head", { name: panels.firstOf("head").called }));
}

function passing(now) {
  const share = Math.min(1, Math.max(0, (now - begins) / (ends - begins)));
  by("days").style.setProperty("--passed", share);
  Array.from(by("days").children).forEach((each, at) => {
    each.className = begins + at * DAY <= now + DAY / 2 ? "past" : "";
  });
}

function village([name, standing]) {
  const said = standings.get(standing) || "";
  const made = element("li", `village ${standing}`, element("span", "village-name", name));
  if (said) made.append(element("span", "village-said", element("span", "sr", ": "), said));
  return made;
}

function tell(standing) {
  const count = standing.filter(([, each]) => ["on_time", "late", "phone"].includes(each)).length;
  put(by("came"), say("came", { count, all: standing.length }));
  const list = by("villages");
  standing.forEach((each, at) => {
    const made = village(each);
    if (!list.children[at]) list.append(made);
    else if (list.children[at].className !== made.className) list.replaceChild(made, list.children[at]);
  });
}

function sum(told) {
  const isOver = told.state === "over" && told.seen.length > 0;
  document.body.classList.toggle("over", isOver);
  if (!isOver) wasSeen = false;
  if (wasSeen || !isOver) return void (by("seen").hidden = !isOver || by("seen").hidden);
  wasSeen = true;
  by("seen-list").textContent = "";
  by("seen-list").append(...told.seen.map((each) => element("li", "", each)));
  by("seen").hidden = false;
  by("seen").focus({ preventScroll: true });
}

function tellState(told) {
  state = told.state;
  waiting.forEach(panels.add);
  waiting = [];
  put(by("hour"), hour(told.clock));
  put(by("date"), day(told.clock));
  if (told.caption) {
    put(by("told-at"), told.told_at ? `${told.told_at}:` : "");
    put(by("caption"), told.caption);
  }
  passing(Date.parse(told.clock));
  tell(told.standing);
  panels.look(told.focus);
  put(by("pause"), say({ paused: "go_on", over: "result" }[state] || "pause"));
  put(by("fast"), say(told.fast ? "slower" : "faster"));
  by("fast").setAttribute("aria-pressed", String(told.fast));
  ["fast", "end"].forEach((id) => (by(id).disabled = state === "over"));
  if (state === "none") window.location.replace("/rehearsal/welcome");
  sum(told);
}

function listen() {
  const source = new EventSource("/rehearsal/week/events");
  source.addEventListener("cast", (event) => cast(JSON.parse(event.data)));
  source.addEventListener("entry", (event) => waiting.push(JSON.parse(event.data)));
  source.addEventListener("state", (event) => tellState(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    source.close();
    waiting = [];
    put(by("caption"), say("lost"));
    setTimeout(listen, 1500);
  });
}

async function does(what, more) {
  try {
    await ask("/rehearsal/week", { do: what, ...more });
  } catch (trouble) {
    put(by("caption"), trouble.said || say("stuck"));
  }
}

async function be(chat, words) {
  try {
    await ask("/rehearsal/person", { id: chat.person });
    if (words) await ask("/messages", { client: crypto.randomUUID(), text: words });
    window.location.assign("/");
  } catch (trouble) {
    put(by("seen-said"), say("stuck"));
  }
}

by("pause").addEventListener("click", () => {
  if (state === "over") by("seen").hidden = false;
  else does(state === "paused" ? "watch" : "pause");
});
by("fast").addEventListener("click", () => does("fast"));
by("end").addEventListener("click", async () => {
  if (state === "paused") await does("watch");
  does("end");
});
by("be-head").addEventListener("click", () => be(panels.firstOf("head")));
by("see-board").addEventListener("click", () => be(panels.firstOf("office"), say("board_word")));
by("see-screens").addEventListener("click", () => {
  by("seen").hidden = true;
});
by("see-again").addEventListener("click", () => does("watch", { again: true }));
listen();
