/* Tags as pieces that can be taken away, with suggestions while one types; the form's own field keeps them by commas. */
import { make, say } from "./words.js";

export function dress(field, url) {
  const names = () => field.value.split(",").map((name) => name.trim()).filter(Boolean);
  const label = document.querySelector(`label[for="${field.id}"]`);
  const list = make("ul", { class: "tags-edit__list", role: "list" });
  const options = make("datalist", { id: `${field.id}_options` });
  const typed = make("input", {
    type: "text",
    id: `${field.id}_typed`,
    list: options.id,
    autocomplete: "off",
    maxlength: 60,
    lang: "ru",
    "aria-describedby": `${field.id}_helptext`,
  });
  const add = make("button", { type: "button", class: "button button--secondary" }, say("addTag"));
  const row = make("div", { class: "tags-edit__row" }, typed, add);
  const box = make("div", { class: "tags-edit" }, list, row, options);
  field.hidden = true;
  field.after(box);
  label.htmlFor = typed.id;

  const put = (chosen) => {
    field.value = [...new Map(chosen.map((name) => [name.toLowerCase(), name])).values()].join(", ");
    draw();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const draw = () => {
    list.replaceChildren(
      ...names().map((name) => {
        const away = make("button", { type: "button", class: "chip", "aria-label": say("removeTag", { tag: name }) });
        away.append(name, make("span", { "aria-hidden": "true" }, " ✕"));
        away.addEventListener("click", () => {
          put(names().filter((other) => other !== name));
          typed.focus();
        });
        return make("li", { lang: "ru" }, away);
      }),
    );
  };
  const take = () => {
    const fresh = typed.value.split(",").map((name) => name.trim()).filter(Boolean);
    typed.value = "";
    if (fresh.length) put([...names(), ...fresh]);
  };
  let timer;
  const suggest = async () => {
    if (typed.value.trim().length < 2) return;
    const answer = await fetch(`${url}?q=${encodeURIComponent(typed.value.trim())}`, {
      headers: { Accept: "application/json" },
    }).catch(() => null);
    if (!answer?.ok) return;
    const { tags } = await answer.json();
    options.replaceChildren(...tags.map((name) => make("option", { value: name })));
  };
  typed.addEventListener("input", (event) => {
    event.stopPropagation();
    /* A whole suggestion was chosen, or a comma typed. */
    const chosen = [...options.children].some((option) => option.value === typed.value);
    if (typed.value.includes(",") || (chosen && event.inputType !== "insertText")) return take();
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      take();
    }
    if (event.key === "Backspace" && !typed.value && names().length) put(names().slice(0, -1));
  });
  typed.addEventListener("change", take);
  add.addEventListener("click", take);
  draw();
}
