// A photo, large, in its place: the others of the same message are a swipe, an arrow key or a button away.

import { close, isOpen, open, prepare } from "./sheet.js";
import { say } from "./texts.js";

const SWIPE = 50;
const sheet = document.getElementById("viewer");
const image = document.getElementById("viewer-image");
const place = document.getElementById("viewer-place");
const back = document.getElementById("viewer-back");
const on = document.getElementById("viewer-on");
let shown = [];
let at = 0;
let touched = null;

function show(index) {
  at = Math.max(0, Math.min(shown.length - 1, index));
  const thumbnail = shown[at].querySelector("img");
  image.alt = thumbnail ? thumbnail.alt : say("photo_missing");
  image.src = shown[at].href;
  place.textContent = shown.length > 1 ? say("photo_place", { number: at + 1, count: shown.length }) : "";
  back.hidden = on.hidden = shown.length < 2;
  back.disabled = at === 0;
  on.disabled = at === shown.length - 1;
}

function pressed(event) {
  const link = event.target.closest(".photos a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  shown = Array.from(link.closest(".photos").querySelectorAll("a"));
  show(shown.indexOf(link));
  open(sheet);
}

function swiped(event) {
  const way = event.changedTouches[0].clientX - touched;
  if (touched !== null && Math.abs(way) > SWIPE) show(at + (way < 0 ? 1 : -1));
  touched = null;
}

/** Photos in the conversation open here from now on. */
export function start() {
  prepare(sheet, document.getElementById("viewer-close"));
  document.getElementById("entries").addEventListener("click", pressed);
  back.addEventListener("click", () => show(at - 1));
  on.addEventListener("click", () => show(at + 1));
  document.addEventListener("keydown", (event) => {
    if (!isOpen(sheet)) return;
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  sheet.addEventListener("touchstart", (event) => {
    touched = event.touches.length === 1 ? event.touches[0].clientX : null; // two fingers make it larger
  });
  sheet.addEventListener("touchend", swiped);
  sheet.addEventListener("close", () => image.removeAttribute("src"));
  image.addEventListener("click", () => close(sheet));
}
