// The writing box: grows with the words, Enter sends, counts near the limit, never loses what was typed.

import { awake, saveDraft, unfinished } from "./keep.js";
import { downsized, mayBePhoto } from "./photos.js";
import { keepingEnd } from "./scroll.js";
import { say } from "./texts.js";

const LIMIT = 4000;
const NEAR = 300;
const form = document.getElementById("composer");
const box = document.getElementById("text");
const note = document.getElementById("note");
const files = document.getElementById("files");

function grow() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

/** Characters as people and the server count them, not as JavaScript does. */
function characters(text) {
  return text.length > 4 * LIMIT ? text.length : Array.from(text).length;
}

function tell(text, isProblem) {
  note.classList.toggle("problem", Boolean(isProblem));
  if (note.textContent === text) return;
  keepingEnd(() => {
    note.textContent = text;
  });
}

function thousands(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}

function count() {
  const left = LIMIT - characters(box.value.trim());
  if (left < 0) tell(say("too_long", { over: thousands(-left), limit: thousands(LIMIT) }), true);
  else tell(left <= NEAR ? say("left", { count: left }) : "");
  return left;
}

function changed() {
  keepingEnd(() => {
    grow();
    count();
  });
  saveDraft(box.value);
}

/** Puts words into the box, above what already stands there, and the cursor with them. */
export function putBack(text) {
  box.value = box.value ? `${text}\n${box.value}` : text;
  changed();
  box.focus();
}

function submit(send) {
  const text = box.value.trim();
  if (!text || count() < 0) return box.focus();
  send({ text });
  box.value = "";
  changed();
  return box.focus();
}

/** Goes on with what was half written, unless something else is being written already. */
function goOn() {
  const words = box.value ? "" : unfinished();
  if (!words) return;
  box.value = words;
  changed();
}

function isPlainEnter(event) {
  // 229 and isComposing: the Enter belongs to a Vietnamese input method that is still putting marks on
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

async function sendPhotos(chosen, send) {
  for (const file of chosen) {
    if (mayBePhoto(file)) send(await downsized(file));
    else tell(say("only_photos", { name: file.name }), true);
  }
}

function startPhotos(send) {
  document.getElementById("add").addEventListener("click", () => files.click());
  files.addEventListener("change", () => {
    const chosen = Array.from(files.files);
    files.value = ""; // the same photo may be chosen again
    tell("");
    sendPhotos(chosen, send);
  });
}

/** Starts the box. `send` is given {text} or {photo, name}. */
export function start(send) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(send);
  });
  box.addEventListener("keydown", (event) => {
    if (!isPlainEnter(event)) return;
    event.preventDefault();
    submit(send);
  });
  box.addEventListener("input", changed);
  window.addEventListener("resize", grow);
  startPhotos(send);
  goOn();
  awake.then(goOn);
}
