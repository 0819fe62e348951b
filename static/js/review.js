/* An unfinished review saves itself a second after the last key; the page works without this file by «Save». */
const form = document.getElementById("review");
const status = form.querySelector("[data-status]");
const version = form.elements.version;
const say = (text, tone = "") => {
  status.textContent = text;
  status.dataset.tone = tone;
};

/* What was not acknowledged by the server stays on this device. */
const NOT_WRITTEN = new Set(["csrfmiddlewaretoken", "version", "action"]);
const typed = () => [...new FormData(form)].filter(([name]) => !NOT_WRITTEN.has(name));
const keep = () => {
  try {
    localStorage.setItem(form.dataset.key, JSON.stringify({ version: version.value, typed: typed() }));
  } catch {
    /* No room, or forbidden: the server is the first place anyway. */
  }
};
const forget = () => {
  try {
    localStorage.removeItem(form.dataset.key);
  } catch {
    /* As above. */
  }
};
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(form.dataset.key));
  } catch {
    return null;
  }
};
const putBack = (values) => {
  const given = new Map(values);
  for (const field of form.elements) {
    if (!field.name || NOT_WRITTEN.has(field.name)) continue;
    if (field.type === "radio") field.checked = given.get(field.name) === field.value;
    else field.value = given.get(field.name) ?? "";
    if (field.value && field.closest("details")) field.closest("details").open = true;
  }
};

const SOON = 1000;
const LATER = 5000;
let timer = 0;
let running = null;
let changed = false;
let over = false;

async function save(options = {}) {
  clearTimeout(timer);
  if (over || !changed) return;
  if (running) return running.then(() => save(options));
  changed = false;
  const sent = JSON.stringify(typed());
  running = send(options).finally(() => {
    running = null;
  });
  await running;
  if (!changed && !over && sent === JSON.stringify(typed())) forget();
}

async function send(options) {
  say(form.dataset.saving);
  let answer;
  try {
    answer = await fetch(location.pathname, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      ...options,
    });
  } catch {
    return again(form.dataset.away);
  }
  if (answer.redirected || answer.status === 403) return again(form.dataset.signedOut);
  if (answer.status >= 500) return again(form.dataset.away);
  const said = await answer.json().catch(() => ({ message: form.dataset.away }));
  if (answer.ok) {
    version.value = said.version;
    return say(said.message);
  }
  /* Saved in another window, or over: nothing is written over what stands there. */
  over = answer.status !== 400;
  changed = !over;
  keep();
  say(said.message, "error");
}

function again(message) {
  changed = true;
  keep();
  say(message, "error");
  clearTimeout(timer);
  timer = setTimeout(save, LATER);
}

function touched(event) {
  if (event.target.form !== form || over) return;
  changed = true;
  keep();
  clearTimeout(timer);
  timer = setTimeout(save, SOON);
}
addEventListener("input", touched);
addEventListener("change", touched);
addEventListener("online", () => save());
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save({ keepalive: true });
});

/* A save on its way would make the verdict's version stale: it is waited for. */
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!running) return;
  event.preventDefault();
  const button = event.submitter;
  running.then(() => {
    clearTimeout(timer);
    changed = false;
    form.requestSubmit(button);
  });
});

const copy = kept();
if (copy && JSON.stringify(copy.typed) !== JSON.stringify(typed())) {
  const restore = () => {
    putBack(copy.typed);
    changed = true;
    say(form.dataset.restored);
    timer = setTimeout(save, SOON);
  };
  if (copy.version === version.value && !document.querySelector(".error-summary")) restore();
  else {
    const notice = form.querySelector("[data-copy-found]");
    notice.hidden = false;
    notice.querySelector("[data-restore]").addEventListener("click", () => {
      notice.hidden = true;
      restore();
    });
  }
} else if (copy) forget();
