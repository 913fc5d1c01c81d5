// One chat on the page: its lines, the choices, the suggestions and the field to write in.

import { ask, newKey, post, upload } from "./net.js";

const FILE_LIMIT = 20 * 1024 * 1024;
const NEAR = 80; // pixels from the bottom within which new lines are followed
const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export class Conversation {
  // `base` is the address of the chat's own calls; `welcome` stands in an empty chat.
  constructor(root, { base, welcome, onLine = () => {} }) {
    this.root = root;
    this.base = base;
    this.onLine = onLine;
    this.lines = new Map();
    this.log = root.querySelector(".log");
    this.older = root.querySelector(".older");
    this.newest = root.querySelector(".newest");
    this.suggestions = root.querySelector(".suggestions");
    this.field = root.querySelector("textarea");
    this.trouble = root.querySelector(".trouble");
    this.welcome = welcome;
    this.log.append(welcome);
    root.classList.add("empty");
    this.#listen();
  }

  get lastId() {
    return [...this.lines.keys()].reduce((last, id) => (id > last ? id : last), "");
  }

  suggest(label, says) {
    const chip = element("button", "", label);
    chip.type = "button";
    chip.dataset.says = says;
    this.suggestions.append(chip);
  }

  async load() {
    const { lines, more } = await ask(`${this.base}/history`);
    lines.forEach((line) => this.add(line, { quietly: true }));
    this.older.hidden = !more;
    this.toBottom();
  }

  add(line, { quietly = false } = {}) {
    if (this.lines.has(line.id)) return;
    const follow = line.mine || this.#nearBottom();
    const row = this.#row(line);
    const next = this.#firstAfter(line.id);
    this.lines.set(line.id, { line, row });
    this.log.insertBefore(row, next ? next : this.log.querySelector(".pending"));
    this.#begin();
    this.#dress(row);
    if (next) this.#dress(next);
    this.#quietOldChoices();
    if (!quietly) {
      if (follow) this.#follow(row);
      else this.#offer("Có tin mới, xem ngay");
      this.onLine(line);
    }
  }

  toBottom() {
    this.log.scrollTop = this.log.scrollHeight;
    this.newest.hidden = true;
  }

  // Begin reading at the first line from the office after `id`, where there is one.
  readFrom(id) {
    this.log.querySelector(".unread")?.classList.remove("unread");
    const rows = [...this.log.querySelectorAll("[data-id]:not(.mine)")];
    const first = rows.find((row) => row.dataset.id > id);
    if (!first) return false;
    first.classList.add("unread");
    this.#toTop(first);
    if (!this.#nearBottom()) this.#offer("Xuống tin cuối");
    return true;
  }

  say(text) {
    return this.#send({ id: newKey(), text }, text);
  }

  #listen() {
    const form = this.root.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      if (!text) return;
      this.field.value = "";
      this.#grow();
      this.say(text);
    });
    this.field.addEventListener("input", () => this.#grow());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    this.root.querySelector("input[type=file]").addEventListener("change", (event) => {
      const files = [...event.target.files];
      event.target.value = "";
      for (const file of files) this.#sendFile(file);
    });
    this.suggestions.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-says]");
      if (chip) this.say(chip.dataset.says);
    });
    this.log.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-key]");
      if (choice) {
        const label = choice.dataset.label;
        this.#send({ id: newKey(), button: choice.dataset.key, label }, label);
        this.field.focus({ preventScroll: true });
      }
    });
    this.log.addEventListener("scroll", () => {
      if (this.#nearBottom()) this.newest.hidden = true;
    });
    this.newest.addEventListener("click", () => this.toBottom());
    this.older.addEventListener("click", () => this.#loadOlder());
  }

  async #loadOlder() {
    const first = [...this.lines.keys()].reduce((least, id) => (id < least ? id : least));
    const height = this.log.scrollHeight;
    try {
      const { lines, more } = await ask(`${this.base}/history?before=${first}`);
      lines.forEach((line) => this.add(line, { quietly: true }));
      this.older.hidden = !more;
      this.log.scrollTop += this.log.scrollHeight - height;
    } catch (error) {
      this.#complain(error.message);
    }
  }

  #send(body, shown) {
    return this.#deliver(shown, () => post(`${this.base}/send`, body));
  }

  #sendFile(file) {
    if (file.size > FILE_LIMIT) {
      this.#complain("Tệp lớn hơn 20 MB nên chưa gửi được.");
      return;
    }
    const key = newKey();
    this.#deliver(`Tệp: ${file.name}`, () => upload(`${this.base}/file?id=${key}`, file));
  }

  // Show what is on its way; when it is saved the true line takes its place.
  async #deliver(shown, send) {
    this.#complain("");
    const pending = element("div", "line mine pending");
    const bubble = element("div", "bubble");
    bubble.append(element("div", "text", shown));
    const state = element("p", "state", "Đang gửi…");
    pending.append(bubble, state);
    this.#begin();
    this.log.append(pending);
    this.toBottom();
    const attempt = async () => {
      state.replaceChildren("Đang gửi…");
      pending.ariaHidden = "true"; // the true line will be read out
      try {
        const { line } = await send();
        pending.remove();
        if (line) this.add(line);
      } catch (error) {
        const again = element("button", "", "Gửi lại");
        again.type = "button";
        again.addEventListener("click", attempt, { once: true });
        pending.ariaHidden = null;
        state.replaceChildren("Chưa gửi được. ", again);
        this.#complain(error.message);
      }
    };
    await attempt();
  }

  #begin() {
    this.welcome.remove();
    this.root.classList.remove("empty");
  }

  #row(line) {
    const row = element("div", line.mine ? "line mine" : "line");
    row.dataset.id = line.id;
    row.dataset.day = line.day;
    const bubble = element("div", "bubble");
    bubble.append(element("span", "hidden-text", line.mine ? "Đã gửi: " : "Văn phòng: "));
    if (line.text || line.file) bubble.append(this.#text(line));
    line.files.forEach((file, place) => bubble.append(this.#attachment(line.id, file, place)));
    if (line.links.length) bubble.append(this.#links(line.links));
    if (line.choices.length) bubble.append(this.#choices(line.choices, line.numbered));
    row.append(bubble, element("time", "", line.time));
    return row;
  }

  #text(line) {
    const text = element("div", "text");
    const [first, ...rest] = line.text.split("\n");
    if (line.file) text.append(element("span", "file", line.file), line.text ? "\n" : "");
    if (line.heading) text.append(element("strong", "", first));
    else this.#linked(text, first);
    if (rest.length) this.#linked(text, "\n" + rest.join("\n"));
    return text;
  }

  #linked(into, words) {
    words.split(LINK).forEach((piece, place) => {
      if (place % 2 === 0) {
        into.append(piece);
        return;
      }
      const link = element("a", "", piece);
      link.href = piece;
      link.rel = "noreferrer noopener";
      link.target = "_blank";
      into.append(link);
    });
  }

  #attachment(id, { name, picture }, place) {
    const link = element("a", picture ? "picture" : "kept");
    link.href = `${this.base}/kept/${id}/${place}`;
    link.rel = "noreferrer noopener";
    if (picture) {
      link.target = "_blank";
      const shown = element("img");
      shown.src = link.href;
      shown.alt = name;
      shown.addEventListener("load", () => this.newest.hidden && this.#nearBottom() && this.toBottom());
      link.append(shown);
    } else {
      link.download = name;
      link.textContent = name;
    }
    return link;
  }

  #links(links) {
    const list = element("div", "links");
    links.forEach(({ label, url }) => {
      const link = element("a", "", label);
      link.href = url;
      link.rel = "noreferrer noopener";
      link.target = "_blank";
      list.append(link);
    });
    return list;
  }

  #choices(choices, numbered) {
    const list = element("div", "choices");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", "Lựa chọn");
    choices.forEach(({ label, key }, place) => {
      const button = element("button");
      button.type = "button";
      button.dataset.key = key;
      button.dataset.label = label;
      if (numbered) button.append(element("b", "", String(place + 1)));
      button.append(element("span", "", label));
      list.append(button);
    });
    return list;
  }

  // A day's first line carries the day.
  #dress(row) {
    let before = row.previousElementSibling;
    if (before?.classList.contains("day")) {
      before.remove();
      before = row.previousElementSibling;
    }
    if (before?.dataset.day !== row.dataset.day) {
      const day = element("p", "day", row.dataset.day);
      row.before(day);
    }
  }

  #firstAfter(id) {
    if (id > this.lastId) return null;
    return [...this.log.querySelectorAll("[data-id]")].find((row) => row.dataset.id > id) ?? null;
  }

  // A typed number answers the newest numbered choices; buttons without numbers stay as they are.
  #quietOldChoices() {
    const lists = [...this.log.querySelectorAll(".choices:has(b)")];
    lists.forEach((list, place) => list.classList.toggle("past", place < lists.length - 1));
  }

  // A line too long to be seen whole is read from its beginning.
  #follow(row) {
    if (row.offsetHeight > this.log.clientHeight - NEAR) this.#toTop(row);
    else this.toBottom();
  }

  #toTop(row) {
    const above = row.getBoundingClientRect().top - this.log.getBoundingClientRect().top;
    this.log.scrollTop += above - NEAR / 2;
    this.newest.hidden = true;
  }

  #offer(words) {
    this.newest.textContent = words;
    this.newest.hidden = false;
  }

  #nearBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
  }

  #complain(words) {
    this.trouble.textContent = words;
    this.trouble.hidden = !words;
  }
}
