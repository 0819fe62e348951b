/* Sending a file with progress. */
import { make, say } from "./words.js";

/* `send(url, file, token, {progress})` → `{done: Promise, cancel()}`; rejects with words for the person. */
export function send(url, file, token, { progress = () => {} } = {}) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(Math.round((100 * event.loaded) / event.total));
    });
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response?.id) resolve(request.response);
      else reject(new Error(request.response?.message || say("failed")));
    });
    request.addEventListener("error", () => reject(new Error(say("failed"))));
    request.addEventListener("abort", () => reject(new Error(say("cancelled"))));
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  });
  return { done, cancel: () => request.abort() };
}

export const ending = (name) => name.split(".").pop().toLowerCase();

/* Lets files be dropped on a place as if they had been chosen in its field. */
export function droppable(place, input, taken = () => {}) {
  let depth = 0;
  const mark = (on) => place.classList.toggle("drop--over", on);
  place.addEventListener("dragenter", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    depth += 1;
    mark(true);
  });
  place.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) mark(false);
  });
  place.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  place.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    depth = 0;
    mark(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    taken();
  });
}

/* The materials: each file on a line of its own with progress, cancel and retry, two at a time. */
export class Materials {
  constructor(form, changed) {
    this.box = form.querySelector("[data-materials]");
    this.form = form;
    this.changed = changed;
    this.list = this.box.querySelector("[data-list]");
    this.lines = this.box.querySelector("[data-uploads]");
    this.input = this.box.querySelector("input[type=file]");
    this.queue = [];
    this.running = 0;
    this.input.addEventListener("change", (event) => {
      event.stopPropagation();
      for (const file of this.input.files) this.take(file);
      this.input.value = "";
    });
    droppable(this.box.querySelector("[data-drop]"), this.input);
  }

  get count() {
    return this.list.children.length + this.queue.length + this.running;
  }

  take(file) {
    const state = make("span", { class: "upload__state", role: "status" });
    const bar = make("progress", { class: "progress", max: 100, ".value": 0, "aria-label": file.name });
    const buttons = make("span", { class: "cluster" });
    const line = make("li", { class: "upload" }, make("strong", {}, file.name), state, bar, buttons);
    this.lines.append(line);
    const upload = { file, line, state, bar, buttons };
    const { most, limit, limitMb, endings } = this.box.dataset;
    if (!endings.split(" ").includes(ending(file.name))) return this.refused(upload, say("badEnding"));
    if (file.size > Number(limit)) return this.refused(upload, say("tooLarge", { limit: limitMb }));
    if (this.count >= Number(most)) return this.refused(upload, say("tooMany", { limit: most }));
    this.wait(upload);
  }

  wait(upload) {
    upload.bar.hidden = false;
    upload.state.textContent = say("waiting");
    this.offer(upload, [
      ["cancel", () => {
        this.queue = this.queue.filter((other) => other !== upload);
        if (upload.sending) upload.sending.cancel();
        else this.failed(upload, say("cancelled"));
      }],
    ]);
    this.queue.push(upload);
    this.next();
  }

  async next() {
    if (this.running >= 2 || !this.queue.length) return;
    const upload = this.queue.shift();
    this.running += 1;
    try {
      upload.sending = send(this.box.dataset.upload, upload.file, this.form.elements.csrfmiddlewaretoken.value, {
        progress: (percent) => {
          upload.bar.value = percent;
          upload.state.textContent = say("uploading", { percent: `${percent} %` });
        },
      });
      this.arrived(upload, await upload.sending.done);
    } catch (error) {
      this.failed(upload, error.message);
    } finally {
      upload.sending = null;
      this.running -= 1;
      this.next();
    }
  }

  arrived(upload, stored) {
    const html = this.box.querySelector("template[data-row]").innerHTML.replaceAll("--id--", stored.id);
    const row = make("template", { ".innerHTML": html }).content.querySelector("[data-file]");
    const name = row.querySelector("[data-name]");
    name.textContent = stored.title;
    name.href = stored.url;
    row.querySelector("[data-facts]").textContent = `${stored.label}, ${readable(stored.size)}`;
    row.querySelector("input[type=text]").placeholder = stored.title;
    for (const button of row.querySelectorAll("button")) {
      button.setAttribute("aria-label", stored.title + button.getAttribute("aria-label"));
    }
    this.list.append(row);
    upload.line.remove();
    this.changed();
  }

  failed(upload, words) {
    upload.bar.hidden = true;
    upload.state.textContent = words;
    this.offer(upload, [
      ["retry", () => this.wait(upload)],
      ["dismiss", () => upload.line.remove()],
    ]);
  }

  refused(upload, words) {
    upload.bar.hidden = true;
    upload.state.textContent = words;
    this.offer(upload, [["dismiss", () => upload.line.remove()]]);
  }

  offer(upload, deeds) {
    upload.buttons.replaceChildren(
      ...deeds.map(([name, act]) => {
        const button = make("button", { type: "button", class: "button button--quiet" }, say(name));
        button.append(make("span", { class: "visually-hidden" }, `: ${upload.file.name}`));
        button.addEventListener("click", act);
        return button;
      }),
    );
  }

  /* What a button of a line says: true if it was about a material. */
  do(deed) {
    const [name, id] = deed.split(":");
    const row = this.list.querySelector(`[data-file="${CSS.escape(id ?? "")}"]`);
    if (!name.startsWith("material-") || !row) return false;
    const focused = document.activeElement;
    if (name === "material-up") row.previousElementSibling?.before(row);
    else if (name === "material-down") row.nextElementSibling?.after(row);
    else row.remove();
    if (row.isConnected) focused.focus();
    else this.input.focus();
    this.changed();
    return true;
  }
}

const readable = (bytes) => {
  const format = (value, unit) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
  if (bytes < 1024) return format(bytes, "byte");
  return bytes < 1024 * 1024 ? format(bytes / 1024, "kilobyte") : format(bytes / 1024 / 1024, "megabyte");
};
