// The rehearsal bar: whom to play, what time it is in the campaign, and turning that clock forward.

import { keepingEnd } from "./scroll.js";
import { day, element, hour, say, shortDay } from "./texts.js";

const toggle = document.getElementById("stage-toggle");
const brief = document.getElementById("stage-brief");
const panel = document.getElementById("stage-panel");
const person = document.getElementById("person");
const clock = document.getElementById("stage-clock");
const said = document.getElementById("stage-said");
const invitation = document.getElementById("invitation");
const turns = Array.from(document.querySelectorAll(".stage-turn button"));
let current = "";
let currentName = "";
let byKeys = false;
let isTurning = false;
let timer = 0;

async function ask(path, content) {
  const options = { credentials: "same-origin", headers: { "X-Thidua": "1" } };
  if (content) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(content);
  }
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(String(response.status));
  return response.status === 204 ? null : response.json();
}

function option(somebody) {
  const name = somebody.unread && !somebody.current ? "somebody_waiting" : "somebody";
  const made = element("option", "", say(name, { name: somebody.name, what: somebody.what, count: somebody.unread }));
  made.value = somebody.id;
  return made;
}

function showClock(iso) {
  const now = say("stage_now", { time: hour(iso), date: day(iso) });
  if (clock.textContent !== now) clock.textContent = now;
  brief.textContent = say("stage_brief", { name: currentName, time: hour(iso), date: shortDay(iso) });
}

function showInvitation(somebody) {
  const code = somebody ? somebody.code : null;
  invitation.hidden = !code;
  invitation.textContent = code ? say("invitation", { name: somebody.name }) : "";
  if (code) invitation.append(" ", element("strong", "code", code));
}

function show(rehearsal) {
  const now = rehearsal.people.find((each) => each.current);
  if (document.activeElement !== person || !person.options.length) {
    person.textContent = "";
    person.append(...rehearsal.people.map(option));
    if (now) person.value = now.id;
  }
  current = now ? now.id : "";
  currentName = now ? now.name : "";
  showInvitation(now);
  showClock(rehearsal.clock);
}

async function refresh() {
  try {
    show(await ask("/rehearsal"));
  } catch (unreachable) {
    timer = setTimeout(refresh, 5000);
  }
}

function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 700);
}

function stay(reason) {
  person.value = current;
  said.textContent = say(reason);
}

async function become() {
  if (person.value === current) return;
  if (document.querySelector("#unsent .waiting")) return stay("stage_busy"); // or it would be sent as somebody else
  try {
    await ask("/rehearsal/person", { id: person.value });
    window.location.reload();
  } catch (unreachable) {
    stay("stage_stuck");
  }
}

async function turn(event) {
  if (isTurning) return;
  isTurning = true;
  turns.forEach((each) => each.setAttribute("aria-disabled", "true"));
  said.textContent = "";
  try {
    showClock((await ask("/rehearsal/clock", { to: event.currentTarget.dataset.to })).clock);
    refreshSoon();
  } catch (unreachable) {
    said.textContent = say("stage_stuck");
  }
  turns.forEach((each) => each.removeAttribute("aria-disabled"));
  isTurning = false;
}

// Arrow keys walk through the list and change its value at every step; only Enter means it then.
person.addEventListener("keydown", (event) => {
  byKeys = event.key !== "Enter" && event.key !== " " && !event.altKey;
  if (event.key === "Enter") become();
});
person.addEventListener("pointerdown", () => {
  byKeys = false;
});
person.addEventListener("change", () => {
  if (!byKeys) become();
});
toggle.addEventListener("click", () => {
  keepingEnd(() => {
    const isOpen = panel.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(isOpen));
  });
  refresh();
});
turns.forEach((each) => each.addEventListener("click", turn));
document.addEventListener("thidua:entries", refreshSoon);
refresh();
