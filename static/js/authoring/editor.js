/* The author's page: a form that works without this file, and saves itself with it. */
import { Cards } from "./cards.js";
import { Copies } from "./copies.js";
import { dress as dressGrid } from "./grid.js";
import { dress as dressPictures } from "./pictures.js";
import { dress as dressProse } from "./prose.js";
import { Saver, sendKept } from "./saving.js";
import { dress as dressTags } from "./tags.js";
import { Materials } from "./uploads.js";
import { say } from "./words.js";

const form = document.querySelector("[data-editor]");
const copies = new Copies(form.dataset.copyKey, form.dataset.practice);
const saver = new Saver(form, copies);
const touch = () => saver.touch();
const token = () => form.elements.csrfmiddlewaretoken.value;

form.classList.add("is-alive");

/* Rich texts come to life when they come near: a long practice has dozens. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      dressProse(target, form.dataset.prose).catch(() => form.classList.add("is-plain"));
    }
  },
  { rootMargin: "600px" },
);
const dress = (part) => {
  for (const area of part.querySelectorAll("textarea[data-prose]")) near.observe(area);
  for (const area of part.querySelectorAll("textarea[data-grid]")) dressGrid(area);
  dressPictures(part, form, touch);
};
const cards = new Cards(form, touch, dress);
const materials = new Materials(form, touch);
for (const area of form.querySelectorAll(".ask textarea[data-prose]")) near.observe(area);
for (const field of form.querySelectorAll("input[data-tags]")) dressTags(field, form.dataset.tagsUrl);

form.addEventListener("input", (event) => event.target.type !== "file" && touch());
form.addEventListener("change", (event) => ["checkbox", "radio", "select-one"].includes(event.target.type) && touch());

/* Buttons: about cards and files at once and here; the others first save. */
form.addEventListener("submit", async (event) => {
  const deed = event.submitter?.name === "do" ? event.submitter.value : "save";
  event.preventDefault();
  if (cards.do(deed) || materials.do(deed)) return;
  if (["apart", "mine"].includes(deed)) return choose(deed);
  if (deed === "theirs") return location.assign(event.submitter.formAction);
  if (deed === "save") {
    saver.edits += 1;
    return saver.flush();
  }
  if (deed === "preview" || deed === "submit") {
    if (!(await saver.flush())) return;
    if (form.dataset.practice === "new" && new URL(form.action).pathname === location.pathname && !/\d/.test(form.action)) {
      saver.edits += 1;
      await saver.flush();
    }
    if (/\/\d+\/$/.test(new URL(form.action).pathname)) location.assign(`${form.action}${deed}/`);
    return;
  }
  if (await saver.flush()) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "do", value: deed });
    form.append(field);
    form.submit();
  }
});

/* Of two texts: mine apart, or mine in the place of the newer one. */
async function choose(deed) {
  const url = form.querySelector(`[data-conflict] button[value="${deed}"]`).formAction;
  const answer = await sendKept(url, saver.fields(), token(), { do: deed }, { Accept: "text/html" }).catch(() => null);
  if (!answer?.ok) return saver.tell(say("local"), "local");
  copies.forget();
  location.assign(answer.url);
}

saver.addEventListener("conflict", ({ detail }) => {
  const place = form.querySelector("[data-conflict]");
  place.innerHTML = detail.panel ?? "";
  place.querySelector("[data-focus]")?.focus();
  place.scrollIntoView({ block: "center" });
});

saver.addEventListener("saved", ({ detail }) => {
  const side = form.querySelector("[data-side]");
  if (detail.side && !side.contains(document.activeElement)) side.innerHTML = detail.side;
  for (const field of form.querySelectorAll("[aria-invalid=true]")) field.removeAttribute("aria-invalid");
  for (const told of form.querySelectorAll("[data-told]")) told.remove();
  for (const [name, words] of Object.entries(detail.errors ?? {})) mark(name, words);
  if (detail.refusals?.length) saver.tell(detail.refusals.join(" "), "error");
  else if (Object.keys(detail.errors ?? {}).length) saver.tell(say("invalid"), "error");
});

/* What could not be understood is said at its field. */
function mark(name, words) {
  const field = form.elements[name];
  if (!(field instanceof HTMLElement)) return;
  field.setAttribute("aria-invalid", "true");
  const told = document.createElement("p");
  told.className = "field__error";
  told.dataset.told = "";
  told.textContent = words.join(" ");
  field.before(told);
}

/* Leaving, hiding, coming back. */
addEventListener("pagehide", () => saver.leave());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saver.leave();
  else if (saver.signedOut) saver.comeBack();
});
addEventListener("online", () => saver.dirty && saver.plan(0));

/* A text that an earlier visit could not send. */
async function offer() {
  const copy = copies.left();
  if (!copy || saver.stopped) return;
  const current = saver.version;
  if (copy.version !== current) {
    /* It may have arrived while the page was being left: then the portal has the same. */
    const answer = await sendKept(form.action, copy.fields, token()).catch(() => null);
    if (answer?.ok) return copies.forget(copy.key);
    if (answer?.status !== 409) return;
  }
  const panel = form.querySelector("[data-local]");
  panel.hidden = false;
  panel.querySelector("[data-local-when]").textContent = new Date(copy.at).toLocaleString(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  panel.querySelector("[data-local-forget]").addEventListener("click", () => {
    copies.forget(copy.key);
    panel.hidden = true;
  });
  panel.querySelector("[data-local-restore]").addEventListener("click", async () => {
    const extra = copy.version === current ? {} : { do: "apart" };
    const accept = { Accept: copy.version === current ? "application/json" : "text/html" };
    const answer = await sendKept(form.action, copy.fields, token(), extra, accept).catch(() => null);
    if (!answer?.ok) return saver.tell(say("local"), "local");
    copies.forget(copy.key);
    const told = copy.version === current ? await answer.json() : { url: answer.url };
    location.assign(told.url ?? location.href);
    if (told.url && new URL(told.url, location.href).pathname === location.pathname) location.reload();
  });
}
offer();
