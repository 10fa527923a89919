// Stays at the newest message for whoever is there, and disturbs nobody who is reading further up.

import { say } from "./texts.js";

const NEAR = 160;
if ("scrollRestoration" in history) history.scrollRestoration = "manual";
const page = document.scrollingElement || document.documentElement;
const pill = document.getElementById("newer");
let wasAtEnd = true;

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

/** Shows the line above what is new, where it lies out of sight above; the way to the end is offered. */
export function toMark(mark) {
  if (mark.getBoundingClientRect().top >= page.clientTop + 150) return;
  mark.scrollIntoView({ block: "start" });
  if (!atEnd()) offerNew();
}

/** Says that there is something new below. */
export function offerNew() {
  pill.textContent = say("newer");
  pill.hidden = false;
}

pill.addEventListener("click", toEnd);
window.addEventListener("scroll", () => {
  wasAtEnd = atEnd();
  if (!pill.hidden && wasAtEnd) pill.hidden = true;
});
window.addEventListener("resize", () => {
  if (wasAtEnd) toEnd(); // the keyboard came up, or the phone was turned
});
