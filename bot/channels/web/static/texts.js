// The words of the page, which the server put into it, and how days and hours are said in Vietnam.

const words = JSON.parse(document.getElementById("texts").textContent);
const weekdays = words.weekdays.split("|");
// Asia/Ho_Chi_Minh has had no other offset since 1975, so old phones need no time zone data.
const SEVEN_HOURS = 7 * 3600 * 1000;

/** The text of that name with its {places} filled in. */
export function say(name, values) {
  return words[name].replace(/\{(\w+)\}/g, (place, key) => (values && key in values ? values[key] : place));
}

function there(iso) {
  return new Date(Date.parse(iso) + SEVEN_HOURS);
}

/** "18:30" for an ISO instant. */
export function hour(iso) {
  const at = there(iso);
  return `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, "0")}`;
}

function dated(name, iso) {
  const at = there(iso);
  return say(name, {
    weekday: weekdays[at.getUTCDay()],
    day: at.getUTCDate(),
    month: at.getUTCMonth() + 1,
    year: at.getUTCFullYear(),
  });
}

/** "Thứ Năm, 28/4/2022" for an ISO instant. */
export function day(iso) {
  return dated("day", iso);
}

/** "28/4" for an ISO instant. */
export function shortDay(iso) {
  return dated("short_day", iso);
}

/** An element with a class, a text and children, for the few places that build some. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
