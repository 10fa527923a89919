// A sheet over the page: opened, closed by its button, Escape or a tap beside it, and the focus goes back where it was.
// Browsers before 2022 know no dialog; there it is an element like any other, and Tab is kept inside by hand.

const REACHED = "button:not([hidden]):not([disabled]), input, a[href]";
let before = null;

function isModal(sheet) {
  return typeof sheet.showModal === "function";
}

/** True while that sheet is open. */
export function isOpen(sheet) {
  return sheet.hasAttribute("open");
}

/** Opens it and gives it the focus. */
export function open(sheet) {
  if (isOpen(sheet)) return;
  before = document.activeElement;
  if (isModal(sheet)) return sheet.showModal();
  sheet.setAttribute("open", "");
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-modal", "true");
  return sheet.querySelector(REACHED).focus();
}

/** Closes it. */
export function close(sheet) {
  if (!isOpen(sheet)) return;
  if (isModal(sheet)) return sheet.close();
  sheet.removeAttribute("open");
  return sheet.dispatchEvent(new Event("close"));
}

function keepInside(sheet, event) {
  const all = Array.from(sheet.querySelectorAll(REACHED)).filter((each) => each.offsetParent);
  const [first, last] = [all[0], all[all.length - 1]];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (document.activeElement !== from) return;
  event.preventDefault();
  to.focus();
}

/** Makes an element a sheet that `closer` closes. */
export function prepare(sheet, closer) {
  closer.addEventListener("click", () => close(sheet));
  sheet.addEventListener("click", (event) => event.target === sheet && close(sheet));
  sheet.addEventListener("close", () => before && before.focus({ preventScroll: true }));
  if (isModal(sheet)) return;
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(sheet);
    if (event.key === "Tab") keepInside(sheet, event);
  });
}
