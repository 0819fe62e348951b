/* Copies of unsaved texts on this computer: one a tab, named by person, practice and tab, holding the version that the
   text began from. A copy goes when the portal has acknowledged the text, or when its writer says so. */

const DAYS = 30;

export class Copies {
  constructor(prefix, practice) {
    this.prefix = prefix;
    this.practice = practice;
    this.tab = tabName();
  }

  get key() {
    return `${this.prefix}${this.practice}:${this.tab}`;
  }

  keep(version, fields) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ version, fields, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  forget(key = this.key) {
    try {
      localStorage.removeItem(key);
    } catch {
      /* No storage: nothing was kept. */
    }
  }

  /* A draft got its number: what is kept from now on belongs to it. */
  move(practice) {
    this.forget();
    this.practice = practice;
  }

  /* The newest copy of this practice that an earlier visit left: `{key, version, fields, at}`. */
  left() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.prefix)) continue;
        const copy = JSON.parse(localStorage.getItem(key));
        if (Date.now() - copy.at > DAYS * 86400e3) localStorage.removeItem(key);
        /* Another tab that is open now keeps its own. */
        else if (key.startsWith(`${this.prefix}${this.practice}:`) && (key === this.key || Date.now() - copy.at > 5000))
          found.push({ key, ...copy });
      }
    } catch {
      return null;
    }
    return found.sort((one, other) => other.at - one.at)[0] ?? null;
  }
}

function tabName() {
  try {
    sessionStorage.authoringTab ??= Math.random().toString(36).slice(2);
    return sessionStorage.authoringTab;
  } catch {
    return "tab";
  }
}
