/* Cards of the body: added, moved and removed by buttons, by Alt and arrows, by dragging. The order in the page is
   the order in the form; a removed card waits to be brought back. */
import { make, newId, say } from "./words.js";

export class Cards {
  constructor(form, changed, dressed) {
    this.form = form;
    this.list = form.querySelector("[data-cards]");
    this.status = form.querySelector("[data-cards-status]");
    this.changed = changed;
    this.dressed = dressed;
    form.querySelector("[data-keys]").hidden = false;
    for (const card of this.list.children) this.dress(card);
    this.list.addEventListener("keydown", (event) => this.pressed(event));
    this.listenToDragging();
  }

  get cards() {
    return [...this.list.querySelectorAll(":scope > [data-card]")];
  }

  /* What a button says: true if it was about a card. */
  do(deed) {
    const [name, ...rest] = deed.split(":");
    if (name === "add") this.add(rest[0], rest[1]);
    else if (name === "up" || name === "down") this.move(this.card(rest[0]), name);
    else if (name === "remove") this.remove(this.card(rest[0]));
    else if (name.startsWith("part-")) this.part(name.slice(5), this.card(rest[0]), rest[1]);
    else return false;
    return true;
  }

  card(id) {
    return this.list.querySelector(`[data-card="${CSS.escape(id)}"]`);
  }

  dress(card) {
    const grip = card.querySelector("[data-grip]");
    if (grip) {
      grip.hidden = false;
      grip.draggable = true;
    }
    this.dressed(card);
  }

  add(kind, after) {
    const html = document.querySelector(`template[data-blank="${CSS.escape(kind)}"]`)?.innerHTML;
    if (!html) return;
    const id = newId();
    const card = make("template", { ".innerHTML": html.replaceAll("--id--", id) }).content.querySelector("[data-card]");
    const previous = after && this.card(after);
    if (previous) {
      previous.after(card);
      previous.querySelector(".insert")?.removeAttribute("open");
    } else this.list.append(card);
    this.dress(card);
    this.changed();
    this.say(say("added"));
    card.scrollIntoView({ block: "center" });
    const field = card.querySelector("input:not([type=hidden]), textarea");
    (card.querySelector("[contenteditable]") ?? field ?? card).focus({ preventScroll: true });
  }

  move(card, way) {
    if (!card) return;
    const neighbour = this.neighbour(card, way);
    if (!neighbour) return;
    const focused = document.activeElement;
    if (way === "up") neighbour.before(card);
    else neighbour.after(card);
    this.settle(card, focused);
  }

  neighbour(card, way) {
    let other = card;
    do other = way === "up" ? other.previousElementSibling : other.nextElementSibling;
    while (other && !other.matches("[data-card]"));
    return other;
  }

  settle(card, focused) {
    if (card.contains(focused)) focused.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    this.say(say("moved", { place: this.cards.indexOf(card) + 1, all: this.cards.length }));
    this.changed();
  }

  remove(card) {
    if (!card) return;
    const back = make("button", { type: "button", class: "button button--secondary" }, say("undo"));
    const title = card.querySelector(".block__title").textContent;
    const ghost = make("li", { class: "block block--removed" }, make("p", {}, `${title}. ${say("removed")} `), back);
    card.replaceWith(ghost);
    back.addEventListener("click", () => {
      ghost.replaceWith(card);
      card.focus();
      this.changed();
    });
    back.focus();
    this.say(say("removed"));
    this.changed();
  }

  /* A picture of a gallery. */
  part(way, card, id) {
    const part = card?.querySelector(`[data-part="${CSS.escape(id)}"]`);
    if (!part) return;
    const focused = document.activeElement;
    if (way === "up") part.previousElementSibling?.before(part);
    else if (way === "down") part.nextElementSibling?.after(part);
    else {
      (part.nextElementSibling ?? part.previousElementSibling ?? card).querySelector("button, input")?.focus();
      part.remove();
    }
    if (part.isConnected) focused.focus();
    this.changed();
  }

  pressed(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const card = event.target.closest("[data-card]");
    if (!card) return;
    event.preventDefault();
    this.move(card, event.key === "ArrowUp" ? "up" : "down");
  }

  listenToDragging() {
    let dragged = null;
    this.list.addEventListener("dragstart", (event) => {
      if (!event.target.closest?.("[data-grip]")) return;
      dragged = event.target.closest("[data-card]");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(dragged, 20, 20);
      dragged.classList.add("block--dragged");
    });
    this.list.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const over = event.target.closest("[data-cards] > *");
      if (!over || over === dragged) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(dragged);
      else over.after(dragged);
    });
    const end = () => {
      if (!dragged) return;
      dragged.classList.remove("block--dragged");
      this.settle(dragged, null);
      dragged = null;
    };
    this.list.addEventListener("drop", (event) => dragged && event.preventDefault());
    this.list.addEventListener("dragend", end);
  }

  say(words) {
    this.status.textContent = words;
  }
}
