// Stays at the newest message for whoever is there, and disturbs nobody who is reading further up.

import { say } from "./texts.js";

const NEAR = 160;
if ("scrollRestoration" in history) history.scrollRestoration = "manual";
const page = document.scrollingElement || document.documentElement;
const pill = document.getElementById("newer");
let wasAtEnd = true;
let goal = null; // an element that changed out of sight, or none: the newest message

/** True when the reader is at the end of the conversation. */
export function atEnd() {
  return page.scrollHeight - window.innerHeight - window.pageYOffset < NEAR;
}

/** Goes to the end, at once. */
export function toEnd() {
  window.scrollTo(0, page.scrollHeight);
  pill.hidden = true;
}

/** Does something that makes the page longer, without losing the end from sight for who is there. */
export function keepingEnd(act) {
  const was = atEnd();
  act();
  if (was) toEnd();
}

function isInSight(element) {
  const place = element.getBoundingClientRect();
  return place.bottom > 80 && place.top < window.innerHeight - 80;
}

function offer(name, element) {
  goal = element;
  pill.textContent = say(name);
  pill.classList.toggle("up", Boolean(element));
  pill.hidden = false;
}

/** Shows the line above what is new, where it lies out of sight above; the way to the end is offered. */
export function toMark(mark) {
  if (mark.getBoundingClientRect().top >= page.clientTop + 150) return;
  mark.scrollIntoView({ block: "start" });
  if (!atEnd()) offerNew();
}

/** Says that there is something new below. */
export function offerNew() {
  offer("newer", null);
}

/** Something changed out of sight: goes there when it is what the reader is answering, otherwise offers the way. */
export function toChanged(element, isAwaited) {
  if (isInSight(element)) return;
  if (isAwaited) element.scrollIntoView({ block: "center" });
  else offer("changed_elsewhere", element);
}

pill.addEventListener("click", () => {
  if (goal) goal.scrollIntoView({ block: "center" });
  else toEnd();
  pill.hidden = true;
});
window.addEventListener("scroll", () => {
  wasAtEnd = atEnd();
  if (!pill.hidden && !goal && wasAtEnd) pill.hidden = true;
});
window.addEventListener("resize", () => {
  if (wasAtEnd) toEnd(); // the keyboard came up, or the phone was turned
});
