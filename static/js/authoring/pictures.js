/* Pictures and files inside cards: sent as soon as they are chosen, so that nothing waits for the form. */
import { make, newId, say } from "./words.js";
import { send } from "./uploads.js";

export function dress(card, form, changed) {
  for (const input of card.querySelectorAll("input[data-picture]")) {
    listen(input, () => upload(input, form, form.dataset.pictures, form.dataset.pictureLimit, form.dataset.pictureMb, (stored) => {
      const box = input.closest("[data-picture-of]");
      box.querySelector("[data-image]").value = stored.id;
      const shown = box.querySelector("[data-shown]");
      shown.replaceChildren(make("img", { src: stored.thumbnail, alt: "" }));
      shown.hidden = false;
      changed();
      const alt = box.querySelector("input[name$='-alt']");
      if (!alt.value) alt.focus({ preventScroll: true });
    }));
  }
  for (const input of card.querySelectorAll("input[data-document]")) {
    listen(input, () => upload(input, form, form.dataset.documents, form.dataset.documentLimit, form.dataset.documentMb, (stored) => {
      const box = input.closest("[data-document-of]");
      box.querySelector("[data-document-id]").value = stored.id;
      const shown = box.querySelector("[data-shown]");
      shown.replaceChildren(make("a", { href: stored.url, lang: "ru" }, stored.title), ` · ${stored.label}`);
      shown.hidden = false;
      changed();
    }));
  }
  for (const input of card.querySelectorAll("input[data-pictures]")) {
    listen(input, () => {
      const files = [...input.files];
      input.value = "";
      for (const file of files) addPart(card, file, form, changed);
    });
  }
}

function listen(input, act) {
  if (input.dataset.dressed) return;
  input.dataset.dressed = "1";
  input.addEventListener("change", (event) => {
    event.stopPropagation();
    if (input.files.length) act();
  });
}

async function upload(input, form, url, limit, limitMb, arrived) {
  const file = input.files[0];
  const state = input.parentElement.querySelector("[data-state]");
  input.value = "";
  if (file.size > Number(limit)) {
    state.textContent = say("tooLarge", { limit: limitMb });
    return;
  }
  try {
    const progress = (percent) => (state.textContent = say("uploading", { percent: `${percent} %` }));
    arrived(await send(url, file, form.elements.csrfmiddlewaretoken.value, { progress }).done);
    state.textContent = "";
  } catch (error) {
    state.textContent = error.message;
  }
}

/* One more picture of a gallery, with the chosen file on its way. */
function addPart(card, file, form, changed) {
  const html = document.querySelector("template[data-blank-part]").innerHTML;
  const filled = html.replaceAll("--id--", card.dataset.card).replaceAll("--part--", newId());
  const part = make("template", { ".innerHTML": filled }).content.querySelector("[data-part]");
  card.querySelector("[data-parts]").append(part);
  dress(part, form, changed);
  const input = part.querySelector("input[data-picture]");
  const bag = new DataTransfer();
  bag.items.add(file);
  input.files = bag.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
