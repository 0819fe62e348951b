/* A table as a grid of fields over the textarea that keeps it: one row a line, cells parted by « | ». */
import { make, say } from "./words.js";

const WIDEST = 12;

const shielded = (cell) => cell.replace(/\s+/g, " ").trim().replaceAll("\\", "\\\\").replaceAll("|", "\\|");
const unshielded = (cell) => cell.replace(/\\([\\|])/g, "$1").trim();

function rowsOf(text) {
  const rows = text.split("\n").filter((line) => line.trim());
  const cells = rows.map(split);
  const width = Math.max(2, ...cells.map((row) => row.length));
  return cells.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

/* Cells of a line, a shielded bar being no border. */
function split(line) {
  const cells = [""];
  for (let place = 0; place < line.length; place += 1) {
    if (line[place] === "\\" && place + 1 < line.length) cells[cells.length - 1] += line[place] + line[(place += 1)];
    else if (line[place] === "|") cells.push("");
    else cells[cells.length - 1] += line[place];
  }
  return cells.map(unshielded);
}

export function dress(textarea) {
  if (textarea.nextElementSibling?.matches(".grid-edit")) return;
  let rows = rowsOf(textarea.value);
  while (rows.length < 2) rows.push(Array(rows[0]?.length ?? 2).fill(""));
  const box = make("div", { class: "grid-edit" });
  textarea.hidden = true;
  document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`)?.classList.add("visually-hidden");
  const hint = document.getElementById(`${textarea.id}_helptext`);
  if (hint) hint.hidden = true;
  textarea.after(box);

  const write = () => {
    const filled = rows.some((row) => row.some((cell) => cell.trim()));
    textarea.value = filled ? rows.map((row) => row.map(shielded).join(" | ") || " ").join("\n") : "";
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const change = (changed, focus) => {
    rows = changed;
    draw();
    write();
    box.querySelectorAll("tr")[focus?.[0]]?.querySelectorAll("input")[focus[1]]?.focus();
  };
  const cell = (row, column) => {
    const words = row ? say("cell", { row, column: column + 1 }) : say("heading", { column: column + 1 });
    const field = make("input", { type: "text", "aria-label": words, ".value": rows[row][column], lang: "ru" });
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      rows[row][column] = field.value;
      write();
    });
    return make(row ? "td" : "th", {}, field);
  };
  const button = (words, sign, act) => {
    const pressed = make("button", { type: "button", class: "grid-edit__less", title: words, "aria-label": words }, sign);
    pressed.addEventListener("click", act);
    return pressed;
  };
  const draw = () => {
    const width = rows[0].length;
    const lines = rows.map((row, number) => {
      const cells = row.map((_cell, column) => cell(number, column));
      const less =
        number && rows.length > 2
          ? [button(say("removeRow", { row: number }), "✕", () => change(rows.filter((_r, n) => n !== number), [1, 0]))]
          : [];
      return make("tr", {}, ...cells, make("td", { class: "grid-edit__tools" }, ...less));
    });
    const columns = make("tr", { class: "grid-edit__columns" });
    for (let column = 0; column < width; column += 1) {
      const act = () => change(rows.map((row) => row.filter((_c, n) => n !== column)), [0, 0]);
      columns.append(make("td", {}, ...(width > 2 ? [button(say("removeColumn", { column: column + 1 }), "✕", act)] : [])));
    }
    const more = (words, act) => {
      const pressed = make("button", { type: "button", class: "button button--secondary" }, `+ ${words}`);
      pressed.addEventListener("click", act);
      return pressed;
    };
    const addRow = () => change([...rows, Array(width).fill("")], [rows.length, 0]);
    const addColumn = () => change(rows.map((row) => [...row, ""]), [0, width]);
    box.replaceChildren(
      make("div", { class: "grid-edit__scroll" }, make("table", {}, make("tbody", {}, ...lines, columns))),
      make(
        "div",
        { class: "cluster" },
        more(say("addRow"), addRow),
        ...(width < WIDEST ? [more(say("addColumn"), addColumn)] : []),
      ),
    );
  };
  draw();
}
