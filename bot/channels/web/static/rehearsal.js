// The rehearsal bar: whom to play, what time it is in the campaign, turning that clock forward, beginning again.

import { ask } from "./asking.js";
import { keepingEnd } from "./scroll.js";
import { day, element, hour, say, shortDay } from "./texts.js";

const toggle = document.getElementById("stage-toggle");
const brief = document.getElementById("stage-brief");
const panel = document.getElementById("stage-panel");
const person = document.getElementById("person");
const clock = document.getElementById("stage-clock");
const said = document.getElementById("stage-said");
const invitation = document.getElementById("invitation");
const others = document.getElementById("others");
const again = document.getElementById("again");
const turns = Array.from(document.querySelectorAll(".stage-turn button"));
let run = "";
let current = "";
let currentName = "";
let byKeys = false;
let isTurning = false;
let timer = 0;

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
  if (run && run !== rehearsal.run) return window.location.assign("/"); // somebody has begun again
  run = rehearsal.run;
  others.checked = rehearsal.others;
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
  said.textContent = say("stage_turning");
  try {
    const turned = await ask("/rehearsal/clock", { to: event.currentTarget.dataset.to });
    showClock(turned.clock);
    said.textContent = turned.told;
    refreshSoon();
  } catch (trouble) {
    said.textContent = trouble.said || say("stage_stuck");
  }
  turns.forEach((each) => each.removeAttribute("aria-disabled"));
  isTurning = false;
}

async function letOthersPlay() {
  try {
    await ask("/rehearsal/others", { play: others.checked });
  } catch (unreachable) {
    others.checked = !others.checked;
    said.textContent = say("stage_stuck");
  }
}

function choice(name, act) {
  const made = element("button", "stage-choice", say(name));
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

async function beginAgain() {
  try {
    await ask("/rehearsal/again", {});
    window.location.assign("/");
  } catch (unreachable) {
    said.textContent = say("stage_stuck");
  }
}

function askBeforeBeginning() {
  said.textContent = say("again_question");
  const no = choice("again_no", () => {
    said.textContent = "";
    again.focus();
  });
  said.append(" ", choice("again_yes", beginAgain), " ", no);
  no.focus();
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
others.addEventListener("change", letOthersPlay);
again.addEventListener("click", askBeforeBeginning);
turns.forEach((each) => each.addEventListener("click", turn));
document.addEventListener("thidua:entries", refreshSoon);
refresh();
