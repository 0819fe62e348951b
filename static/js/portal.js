/* What the pages gain where scripts run; each works without this file. */
const root = document.documentElement;

/* «/» leads to the search field, unless one is typing. */
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-search]") ?? document.querySelector(".search__input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

/* The look changes at once. The cookie is written as core.appearance writes it: known names in this
   order, the defaults left out. */
const LOOK = { theme: "auto", size: "normal", spacing: "normal", contrast: "normal", images: "on" };

addEventListener("submit", (event) => {
  const { name, value } = event.submitter ?? {};
  if (!event.target.matches("[data-appearance]") || !(name in LOOK)) return;
  event.preventDefault();
  root.dataset[name] = value;
  const chosen = Object.keys(LOOK).filter((key) => root.dataset[key] !== LOOK[key]);
  const cookie = new URLSearchParams(chosen.map((key) => [key, root.dataset[key]]));
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `appearance=${cookie}; path=/; max-age=${chosen.length ? 31536000 : 0}; samesite=lax${secure}`;
  for (const button of document.querySelectorAll(`button[name="${name}"]`)) {
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", button.value === value);
    if (button.offsetParent && !event.submitter.offsetParent && button !== event.submitter) button.focus();
  }
});

addEventListener("click", (event) => {
  /* A video's card becomes its player: until then nothing is asked of the video's host. */
  const card = event.target.closest("a[data-player]");
  if (card?.dataset.player && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = card.dataset.player;
    player.title = card.dataset.title;
    player.allow = "fullscreen; encrypted-media; picture-in-picture";
    card.replaceWith(player);
    player.focus();
  }

  /* The citation to the clipboard. */
  const copier = event.target.closest("button[data-copy]");
  if (copier) {
    navigator.clipboard.writeText(document.getElementById(copier.dataset.copy).innerText).then(() => {
      copier.querySelector("span").textContent = copier.dataset.copied;
    });
  }

  if (event.target.closest("[data-close-filters]") && document.querySelector("#filters:target")) location.hash = "found";
});

if (navigator.clipboard) for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;

/* Escape and a press elsewhere fold the menu. */
const menu = document.querySelector(".menu-fold");
const fold = (event) => {
  if (!menu?.open || (event.type === "keydown" ? event.key !== "Escape" : menu.contains(event.target))) return;
  menu.open = false;
  if (event.type === "keydown") menu.firstElementChild.focus();
};
addEventListener("keydown", fold);
addEventListener("click", fold);

/* How much is unread: asked for after the page, whose bytes are the same for all who are signed in. */
const bell = document.querySelector("[data-count]");
const ring = async () => {
  const answer = await fetch(bell.dataset.count).catch(() => null);
  if (!answer?.ok) return;
  const { unread } = await answer.json();
  const count = bell.querySelector(".tool__count");
  count.textContent = unread > 99 ? "99+" : unread;
  count.hidden = !unread;
};
if (bell) addEventListener("pageshow", ring);

/* A form that came back with mistakes begins with their summary. */
document.querySelector("[data-focus]")?.focus();

/* Results that htmx brings: folded facets stay folded, and what was found is said aloud. */
let folds = new Map();
addEventListener("htmx:beforeSwap", (event) => {
  folds = new Map([...event.detail.target.querySelectorAll("details[id]")].map((facet) => [facet.id, facet.open]));
});
addEventListener("htmx:afterSettle", () => {
  for (const [id, open] of folds) document.getElementById(id)?.toggleAttribute("open", open);
  const status = document.querySelector("[data-found-status]");
  if (status) status.textContent = document.querySelector("[data-status]")?.textContent.trim() ?? "";
});
