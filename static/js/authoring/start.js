/* A dropped or chosen Word file is read at once. */
import { droppable } from "./uploads.js";

const form = document.querySelector("[data-word-form]");
const input = form.querySelector("input[type=file]");
const state = form.querySelector("[data-state]");

droppable(form.querySelector("[data-drop]"), input);
input.addEventListener("change", () => input.files.length && form.requestSubmit());
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) return event.preventDefault();
  if (!input.files.length) return;
  form.dataset.sent = "1";
  state.textContent = state.dataset.reading;
});
addEventListener("pageshow", () => {
  delete form.dataset.sent;
  state.textContent = "";
});
