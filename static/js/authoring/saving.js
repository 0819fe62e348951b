/* Saves the form a second after the last key and on leaving. What the portal has not acknowledged stays on this
   computer and is sent when the portal answers again. */
import { say } from "./words.js";

const PAUSE = 1000;
const RETRIES = [3000, 6000, 12000, 20000];
const PATIENCE = 30000;
/* Browsers refuse to send more than this from a page that is being left. */
const LEAVING = 60000;

export class Saver extends EventTarget {
  constructor(form, copies) {
    super();
    this.form = form;
    this.copies = copies;
    this.edits = 0;
    this.saved = 0;
    this.failures = 0;
    this.stopped = false;
    this.token = form.elements.csrfmiddlewaretoken;
    this.state = form.querySelector("[data-save-state]");
  }

  get dirty() {
    return this.edits !== this.saved;
  }

  get version() {
    return this.form.elements.version.value;
  }

  /* Something was changed. */
  touch() {
    this.edits += 1;
    if (this.stopped) return this.keep();
    if (!this.failures && !this.signedOut) this.tell(say("unsaved"));
    if (this.failures || this.signedOut) this.keep();
    this.plan(PAUSE);
  }

  plan(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.failures ? Math.max(pause, this.backoff) : pause);
  }

  get backoff() {
    return RETRIES[Math.min(this.failures, RETRIES.length) - 1] ?? 0;
  }

  /* The form's fields without files, which have doors of their own: [[name, value]]. */
  fields() {
    return [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
  }

  keep() {
    return this.copies.keep(this.version, this.fields());
  }

  /* Everything written is on the portal when this resolves to true. */
  async flush() {
    clearTimeout(this.timer);
    while (this.dirty && !this.stopped) {
      const before = this.saved;
      await this.send();
      if (this.saved === before) return false;
    }
    await this.sending;
    return !this.dirty;
  }

  send(options = {}) {
    if (this.stopped || !this.dirty) return Promise.resolve();
    this.sending ??= this.post(options).finally(() => {
      this.sending = null;
      if (this.dirty && !this.stopped) this.plan(PAUSE);
    });
    return this.sending;
  }

  async post({ leaving = false }) {
    const edits = this.edits;
    const body = new FormData();
    for (const [name, value] of this.fields()) body.append(name, value);
    this.keep();
    if (!leaving && !this.failures) this.tell(say("saving"));
    let answer;
    try {
      answer = await fetch(this.form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: leaving,
        signal: leaving ? undefined : AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return this.away();
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok && (told.version || told.empty)) return this.arrived(edits, told);
    if (answer.status === 409) return this.conflict(told);
    if (answer.status === 401 || answer.status === 403) return this.out();
    if ([400, 404, 413, 422, 423].includes(answer.status)) {
      this.stopped = true;
      return this.tell(told.message ?? say("local"), "error");
    }
    return this.away();
  }

  arrived(edits, told) {
    this.failures = 0;
    this.signedOut = false;
    this.saved = edits;
    if (told.version) this.form.elements.version.value = told.version;
    if (told.url && new URL(this.form.action).pathname !== told.url) {
      this.form.action = told.url;
      history.replaceState(null, "", told.url + location.hash);
      this.copies.move(told.url.match(/\d+/)[0]);
    }
    if (this.dirty) this.keep();
    else this.copies.forget();
    if (told.saved) this.tell(told.saved, "saved");
    else this.tell("");
    this.dispatchEvent(new CustomEvent("saved", { detail: told }));
  }

  /* The portal does not answer: the text waits on this computer. */
  away() {
    this.failures += 1;
    this.keep();
    this.tell(say("local"), "local");
    this.plan(this.backoff);
  }

  out() {
    this.signedOut = true;
    this.failures += 1;
    this.keep();
    this.tell(say("signedOut"), "local");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.comeBack(), this.backoff);
  }

  /* After signing in anew the form needs the new session's token. */
  async comeBack() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("[data-editor] [name=csrfmiddlewaretoken]");
      if (!token) return this.out();
      this.token.value = token.value;
      this.signedOut = false;
      await this.send();
    } catch {
      this.out();
    }
  }

  conflict(told) {
    this.stopped = true;
    this.keep();
    this.tell("");
    this.dispatchEvent(new CustomEvent("conflict", { detail: told }));
  }

  /* The page is being hidden or left. */
  leave() {
    if (!this.dirty || this.stopped) return;
    this.keep();
    const size = new Blob(this.fields().flat()).size + this.fields().length * 120;
    if (size < LEAVING && !this.sending) this.send({ leaving: true });
  }

  tell(words, kind = "") {
    if (this.state.textContent.trim() !== words) this.state.textContent = words;
    this.state.dataset.kind = kind;
  }
}

/* Sends fields that were kept: resolves to the answer. */
export function sendKept(url, fields, token, extra = {}, headers = { Accept: "application/json" }) {
  const body = new FormData();
  for (const [name, value] of fields) if (name !== "csrfmiddlewaretoken" && name !== "do") body.append(name, value);
  body.append("csrfmiddlewaretoken", token);
  for (const [name, value] of Object.entries(extra)) body.append(name, value);
  return fetch(url, { method: "POST", body, headers });
}
