// The first screen: one button, and a question where somebody's own words would be lost.

import { ask } from "./asking.js";

const watch = document.getElementById("watch");
const question = document.getElementById("question");
const words = document.getElementById("question-words");
const yes = document.getElementById("again");
const no = document.getElementById("keep");

function asks(said, isQuestion) {
  words.textContent = said;
  yes.hidden = no.hidden = !isQuestion;
  question.hidden = false;
  if (isQuestion) yes.focus();
}

async function begin(again) {
  try {
    await ask("/rehearsal/week", { do: "watch", again });
    window.location.assign("/rehearsal/week");
  } catch (trouble) {
    asks(trouble.said || document.body.dataset.stuck, Boolean(trouble.said));
  }
}

watch.addEventListener("click", () => {
  if (watch.dataset.state === "over") window.location.assign("/rehearsal/week");
  else begin(false);
});
yes.addEventListener("click", () => begin(true));
no.addEventListener("click", () => {
  question.hidden = true;
  watch.focus();
});
