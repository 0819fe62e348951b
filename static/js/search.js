/* What a search field offers while one types: the combobox of the ARIA Authoring Practices, «list
   autocomplete with manual selection». The server draws the options; without this file the field is a field. */
const PAUSE = 150;

const combobox = (field, number) => {
  const list = document.createElement("div");
  const status = document.createElement("span");
  let options = [];
  let active = -1;
  let timer = 0;
  let asked = new AbortController();

  const mark = (place) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };

  const isOpen = () => !list.hidden;
  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  };

  const close = () => {
    clearTimeout(timer);
    asked.abort();
    show(false);
  };

  /* Older questions are taken back: their answers would come too late, and perhaps after newer ones. */
  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const text = field.value;
    const kind = new FormData(field.form).get("in");
    const query = new URLSearchParams(kind ? { q: text, in: kind } : { q: text });
    try {
      const answer = await fetch(`${field.dataset.suggestions}?${query}`, { signal });
      const found = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
      if (signal.aborted) return;
      list.replaceChildren(...(found?.querySelectorAll("[role=group]") ?? []));
      options = [...list.querySelectorAll("[role=option]")];
      active = -1;
      show(options.length > 0 && document.activeElement === field);
      status.textContent = found?.querySelector("[data-announcement]")?.textContent.trim() ?? "";
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  const choose = (option) => {
    const { url } = option.dataset;
    close();
    if (url) return location.assign(url);
    field.value = option.querySelector("[data-text]").textContent;
    field.form.requestSubmit();
  };

  const move = async (step) => {
    if (!isOpen()) {
      if (!field.value.trim()) return;
      clearTimeout(timer);
      await ask();
    }
    const count = options.length;
    if (count) mark(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && isOpen() && options[active]) {
      event.preventDefault();
      choose(options[active]);
    } else if (key === "Escape" && isOpen()) {
      event.preventDefault();
      close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) {
      mark(-1); /* back among the letters */
    }
  });

  field.addEventListener("input", () => {
    close();
    if (field.value.trim()) timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  /* A press must not take the focus away from the field, or the list would be gone before it is let go. */
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });

  list.id = `suggestions-of-${number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.label);
  status.className = "visually-hidden";
  status.setAttribute("aria-live", "polite");
  field.after(list);
  field.form.append(status);
  field.type = "text"; /* a field of type «search» may not be a combobox */
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  show(false);
};

document.querySelectorAll("[data-suggestions]").forEach(combobox);
