// The devices that have this chat open: listed, one more by a code, one or all others ended.

import { hasUnsent } from "./queue.js";
import { element, say } from "./texts.js";

const list = document.getElementById("devices");
const told = document.getElementById("devices-said");
const code = document.getElementById("device-code");
const add = document.getElementById("device-add");
const others = document.getElementById("devices-end");
let watch = {}; // ended()

async function ask(path, content) {
  const headers = { "X-Thidua": "1", "Content-Type": "application/json" };
  const sent = content ? { method: "POST", headers, body: JSON.stringify(content) } : {};
  const response = await fetch(path, { credentials: "same-origin", ...sent });
  const answer = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Error(answer.error || "");
  return answer;
}

/** Does something on the server and says why where it may not be done. */
async function attempt(act) {
  told.textContent = "";
  try {
    await act();
  } catch (refused) {
    told.textContent = (!(refused instanceof TypeError) && refused.message) || say("devices_unreachable");
  }
}

/** The first press asks, the second does: nobody is signed out by a slip of the thumb. */
function twice(button, act) {
  const label = button.textContent;
  button.addEventListener("click", () => {
    if (button.dataset.asked) return act();
    button.dataset.asked = "yes";
    button.textContent = say("device_end_sure");
    return setTimeout(() => {
      delete button.dataset.asked;
      button.textContent = label;
    }, 5000);
  });
}

function endHere(device) {
  if (hasUnsent()) {
    told.textContent = say("device_end_busy");
    return;
  }
  attempt(async () => {
    await ask("/devices/end", { id: device.id });
    watch.ended();
  });
}

function endThere(device) {
  attempt(async () => {
    await ask("/devices/end", { id: device.id });
    await show();
  });
}

function row(device) {
  const name = element("strong", "", device.what, device.here ? say("device_here") : "");
  const end = element("button", "choice", say(device.here ? "device_end_here" : "device_end"));
  end.type = "button";
  twice(end, () => (device.here ? endHere(device) : endThere(device)));
  return element("li", "", name, element("p", "", device.about), end);
}

async function show() {
  const found = await ask("/devices");
  list.textContent = "";
  list.append(...found.devices.map(row));
  others.hidden = found.devices.length < 2;
  add.hidden = Boolean(found.note);
  told.textContent = found.note;
}

/** Shows them as they are now. */
export function load() {
  code.hidden = true;
  attempt(show);
}

function showCode(answer) {
  document.getElementById("device-digits").textContent = answer.code;
  document.getElementById("device-how").textContent = say("device_how", {
    address: window.location.host,
    minutes: answer.minutes,
  });
  code.hidden = false;
  code.scrollIntoView({ block: "nearest" });
}

/** Starts the buttons. */
export function start(observer) {
  watch = observer;
  add.addEventListener("click", () => attempt(async () => showCode(await ask("/devices/code", {}))));
  twice(others, () =>
    attempt(async () => {
      await ask("/devices/end", { others: true });
      await show();
    }),
  );
}
