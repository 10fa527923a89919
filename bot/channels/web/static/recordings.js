// Listening to recordings inside a bubble.

import { element, hour, say } from "./texts.js";

/** A player for one recording; where it cannot be had any more, a line that says so. */
export function player(address, label) {
  const made = element("audio", "player");
  made.controls = true;
  made.preload = "metadata";
  made.setAttribute("aria-label", label);
  made.addEventListener("error", () => made.replaceWith(element("span", "photo-missing player", say("player_missing"))));
  made.src = address;
  return made;
}

/** The players of an entry of the server. */
export function recordings(entry) {
  const label = say("player", { time: hour(entry.at) });
  return element("div", "players", ...entry.recordings.map((address) => player(address, label)));
}
