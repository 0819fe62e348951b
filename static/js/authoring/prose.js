/* Turns a textarea into an editor of the features that it names. The textarea stays the form's field; its value changes
   only when somebody writes. Without the library it remains a textarea for plain text. */
import { make, say } from "./words.js";

const BUTTONS = {
  h3: { sign: "H", run: (chain) => chain.toggleHeading({ level: 3 }), active: ["heading", { level: 3 }] },
  h4: { sign: "h", run: (chain) => chain.toggleHeading({ level: 4 }), active: ["heading", { level: 4 }] },
  bold: { sign: "Ж", run: (chain) => chain.toggleBold(), active: ["bold"] },
  italic: { sign: "К", run: (chain) => chain.toggleItalic(), active: ["italic"] },
  ul: { sign: "•≡", run: (chain) => chain.toggleBulletList(), active: ["bulletList"] },
  ol: { sign: "1.≡", run: (chain) => chain.toggleOrderedList(), active: ["orderedList"] },
  blockquote: { sign: "«»", run: (chain) => chain.toggleBlockquote(), active: ["blockquote"] },
};
/* Shown as words where a sign says nothing. */
const WORDED = new Set(["h3", "h4", "blockquote", "link"]);

let library = null;

/* Load the library once; rejects where it cannot be had. */
export const load = (url) => (library ??= import(url));

export async function dress(textarea, url) {
  const features = textarea.dataset.prose.split(" ");
  const prose = await load(url);
  if (textarea.closest(".rich") || !textarea.isConnected) return;
  const box = make("div", { class: "rich" });
  const place = make("div", { class: "rich__text" });
  textarea.before(box);
  box.append(place, textarea);
  textarea.hidden = true;
  const link = new LinkRow(textarea.id);
  const editor = new prose.Editor({
    element: place,
    injectCSS: false,
    content: asMarkup(textarea.value),
    extensions: extensions(prose, features, () => link.open(editor)),
    editorProps: { attributes: attributesOf(textarea) },
    onUpdate() {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  place.before(toolbar(editor, features, link), link.row);
  labelOf(textarea)?.addEventListener("click", (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
}

/* Plain text, as a browser without scripts would have it, becomes paragraphs. */
function asMarkup(value) {
  if (!value.trim() || value.trimStart().startsWith("<")) return value;
  const holder = make("div");
  for (const part of value.split(/\n\s*\n/)) {
    const paragraph = make("p");
    part.split("\n").forEach((line, number) => paragraph.append(...(number ? [make("br"), line] : [line])));
    holder.append(paragraph);
  }
  return holder.innerHTML;
}

function extensions(prose, features, openLink) {
  const has = (...names) => names.some((name) => features.includes(name));
  const headings = ["h3", "h4"].filter((name) => has(name)).map((name) => Number(name[1]));
  const linked = prose.Link.extend({
    addKeyboardShortcuts: () => ({ "Mod-k": () => openLink() ?? true }),
  }).configure({ openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: "https" });
  return [
    prose.Document,
    prose.Paragraph,
    prose.Text,
    prose.HardBreak,
    prose.History,
    prose.Dropcursor,
    has("bold") && prose.Bold,
    has("italic") && prose.Italic,
    has("ul", "ol") && prose.ListItem,
    has("ul") && prose.BulletList,
    has("ol") && prose.OrderedList,
    has("blockquote") && prose.Blockquote,
    has("link") && linked,
    headings.length && prose.Heading.configure({ levels: headings }),
  ].filter(Boolean);
}

const labelOf = (textarea) => document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);

function attributesOf(textarea) {
  const label = labelOf(textarea);
  if (label) label.id ||= `${textarea.id}_label`;
  const hint = document.getElementById(`${textarea.id}_helptext`);
  return {
    role: "textbox",
    "aria-multiline": "true",
    lang: "ru",
    ...(label && { "aria-labelledby": label.id }),
    ...(hint && { "aria-describedby": hint.id }),
  };
}

function toolbar(editor, features, link) {
  const bar = make("div", { class: "rich__bar", role: "toolbar", "aria-label": say("formatting") });
  const shown = [];
  const put = (name, sign, act, active) => {
    const worded = WORDED.has(name);
    const button = make(
      "button",
      { type: "button", class: `rich__button rich__button--${name}`, title: say(name), "aria-pressed": active && "false" },
      worded ? say(name) : make("span", { "aria-hidden": "true" }, sign),
      ...(worded ? [] : [make("span", { class: "visually-hidden" }, say(name))]),
    );
    button.addEventListener("click", act);
    bar.append(button);
    shown.push({ button, active });
  };
  for (const name of ["bold", "italic", "h3", "h4", "ul", "ol", "blockquote"]) {
    if (!features.includes(name)) continue;
    const { sign, run, active } = BUTTONS[name];
    put(name, sign, () => run(editor.chain().focus()).run(), active);
  }
  if (features.includes("link")) put("link", "", () => link.open(editor), ["link"]);
  put("undoText", "↶", () => editor.chain().focus().undo().run());
  put("redoText", "↷", () => editor.chain().focus().redo().run());
  editor.on("transaction", () => {
    for (const { button, active } of shown) if (active) button.setAttribute("aria-pressed", editor.isActive(...active));
  });
  rove(bar);
  return bar;
}

/* One stop for Tab, arrows inside: the pattern of toolbars. */
function rove(bar) {
  const buttons = [...bar.children];
  buttons.forEach((button, number) => (button.tabIndex = number ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey) return;
    event.preventDefault();
    const now = buttons.indexOf(document.activeElement);
    const next = buttons[(now + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
}

/* The line in which an address is typed. */
class LinkRow {
  constructor(id) {
    this.field = make("input", { type: "text", inputmode: "url", id: `${id}_link`, placeholder: "https://" });
    const set = make("button", { type: "button", class: "button button--secondary" }, say("linkSet"));
    const unset = make("button", { type: "button", class: "button button--quiet" }, say("linkRemove"));
    const label = make("label", { for: `${id}_link` }, say("linkAddress"));
    this.row = make("div", { class: "rich__link", hidden: true }, label, this.field, set, unset);
    set.addEventListener("click", () => this.apply());
    unset.addEventListener("click", () => this.apply(""));
    this.row.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.apply();
    });
  }

  open(editor) {
    this.editor = editor;
    this.field.value = editor.getAttributes("link").href ?? "";
    this.row.hidden = false;
    this.field.focus();
  }

  apply(address = this.field.value.trim()) {
    const chain = this.editor.chain().focus().extendMarkRange("link");
    if (!address) chain.unsetLink().run();
    else {
      const href = /^(https?:|mailto:|\/)/.test(address) ? address : `https://${address}`;
      if (this.editor.state.selection.empty && !this.editor.isActive("link")) {
        chain.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href } }] }).run();
      } else chain.setLink({ href }).run();
    }
    this.close();
  }

  close() {
    this.row.hidden = true;
    this.editor?.commands.focus();
  }
}
