// Where reading stopped on this device: a line above what is new, the count in the title and on the app's icon.

import { readUpTo, saveReadUpTo } from "./keep.js";
import { element, say } from "./texts.js";

const title = document.title;
let seen = readUpTo();
let mark = null;
let waiting = 0;
let counted = -1; // what the icon shows is not known at first

function badge(count) {
  if (count === counted) return;
  counted = count;
  document.title = count ? `(${count}) ${title}` : title;
  const told = count ? navigator.setAppBadge && navigator.setAppBadge(count) : navigator.clearAppBadge && navigator.clearAppBadge();
  if (told) told.catch(() => {}); // a page that is no app has no icon
}

function put(item) {
  forgetMark();
  mark = element("li", "new-mark", element("span", "", say("new_below")));
  item.before(mark);
}

/** Something came to stand in the conversation. True where it is the first that was not read. */
export function arrived(entry, item, isWatched) {
  if (entry.kind === "in" || entry.id <= seen || seen === 0 || isWatched) return false;
  waiting += 1;
  if (document.hidden) badge(waiting);
  if (waiting > 1) return false;
  put(item);
  return true;
}

/** The newest is in sight of somebody: up to there all is read. The line stays until something else is new. */
export function readAll(newest) {
  waiting = 0;
  badge(0);
  if (newest <= seen) return;
  seen = newest;
  saveReadUpTo(seen);
}

/** Whoever writes has read. */
export function forgetMark() {
  if (mark) mark.remove();
  mark = null;
}

/** The line, where there is one. */
export function markNow() {
  return mark;
}
