/* What scripts say, as the page hands it over: `say("moved", {place: 2, all: 5})`. */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export const say = (name, values = {}) =>
  (words[name] ?? name).replace(/%\((\w+)\)s/g, (_all, key) => values[key] ?? "");

/* An element with attributes, properties given by «.name» and children: `make("button", {type: "button"}, "Да")`. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith(".")) element[key.slice(1)] = value;
    else if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/* A new id of a block; `randomUUID` is there over HTTPS only. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
