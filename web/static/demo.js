// The demo page: several people's chats, one clock.

import { Conversation, element } from "./conversation.js";
import { ask, listen, post, START } from "./net.js";

const people = new Map(); // by key
const byChat = new Map();
const list = document.getElementById("people");
const stage = document.getElementById("stage");
const now = document.getElementById("now");
const diary = document.getElementById("diary");
const guide = document.getElementById("guide");
const announce = document.getElementById("announce");
const leaps = [...document.querySelectorAll("[data-leap]")];
const title = document.title;
const narrow = matchMedia("(max-width: 719px)");
let current = null;

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
}

function remembered(chat) {
  try {
    return sessionStorage.getItem(`read ${chat}`) ?? "";
  } catch {
    return "";
  }
}

function remember(chat, id) {
  try {
    sessionStorage.setItem(`read ${chat}`, id);
  } catch {
    // a browser without storage counts anew after a reload
  }
}

class Person {
  constructor(facts) {
    Object.assign(this, facts);
    this.seat = [this.role, this.agency].filter(Boolean).join(" · ");
    this.read = remembered(this.chat);
    this.item = this.#item();
    this.conversation = this.#conversation();
    stage.append(this.conversation.root);
    list.append(this.item);
  }

  get fresh() {
    const lines = [...this.conversation.lines.values()];
    return lines.filter(({ line }) => !line.mine && line.id > this.read).length;
  }

  #item() {
    const item = element("li");
    const link = element("a", "person");
    link.href = `#${encodeURIComponent(this.key)}`;
    const words = element("span", "words");
    words.append(element("strong", "", this.name), element("small", "", this.seat));
    this.last = element("span", "last", this.hint);
    words.append(this.last);
    this.badge = element("span", "badge");
    this.badge.hidden = true;
    const face = element("span", "face", initials(this.name));
    face.setAttribute("aria-hidden", "true");
    link.append(face, words, this.badge);
    item.append(link);
    this.link = link;
    return item;
  }

  #conversation() {
    const root = document.getElementById("conversation").content.firstElementChild.cloneNode(true);
    root.setAttribute("aria-label", `Trò chuyện của ${this.name}`);
    root.querySelector(".who .face").textContent = initials(this.name);
    root.querySelector(".who h2").textContent = this.name;
    root.querySelector(".who div p").textContent = this.seat;
    const welcome = element("div", "welcome");
    const face = element("span", "face", initials(this.name));
    face.setAttribute("aria-hidden", "true");
    welcome.append(face, element("h3", "", this.name), element("p", "", this.hint));
    const base = `/demo/chat/${encodeURIComponent(this.chat)}`;
    const conversation = new Conversation(root, { base, welcome, onLine: () => this.changed() });
    this.suggestions.forEach(({ label, says }) => conversation.suggest(label, says));
    return conversation;
  }

  changed() {
    if (current === this && !document.hidden) {
      this.read = this.conversation.lastId;
      remember(this.chat, this.read);
    }
    const last = this.conversation.lines.get(this.conversation.lastId)?.line;
    if (last) {
      const first = (last.file || last.text).split("\n")[0];
      this.last.textContent = last.mine ? `Đã gửi: ${first}` : first;
    }
    const count = this.fresh;
    this.badge.hidden = !count;
    this.badge.replaceChildren(String(count), element("span", "hidden-text", " tin mới"));
    countWaiting();
  }
}

function countWaiting() {
  const count = [...people.values()].reduce((sum, one) => sum + (one === current ? 0 : one.fresh), 0);
  for (const place of document.querySelectorAll(".waiting-count")) {
    place.hidden = !count;
    place.textContent = ` (${count} tin mới)`;
  }
  document.title = count ? `(${count}) ${title}` : title;
}

function choose() {
  const key = decodeURIComponent(location.hash.slice(1));
  const chosen = people.get(key) ?? (narrow.matches ? null : [...people.values()][0]);
  document.body.classList.toggle("talking", Boolean(people.get(key)));
  if (current && current !== chosen) current.conversation.root.hidden = true;
  const switched = current !== chosen;
  current = chosen;
  for (const one of people.values()) {
    if (one === chosen) one.link.setAttribute("aria-current", "true");
    else one.link.removeAttribute("aria-current");
  }
  if (!chosen) return;
  chosen.conversation.root.hidden = false;
  if (switched && !chosen.conversation.readFrom(chosen.read)) chosen.conversation.toBottom();
  chosen.changed();
  if (switched && !narrow.matches) chosen.conversation.field.focus({ preventScroll: true });
}

function showClock(moment) {
  now.textContent = `${moment.day}, ${moment.time}`;
  now.dateTime = moment.iso;
}

function tell(jump) {
  guide.hidden = true;
  const entry = element("li");
  const title = element("p", "leap");
  title.append(
    element("span", "", `${jump.from.day}, ${jump.from.time}`),
    element("strong", "", `${jump.to.day}, ${jump.to.time}`),
  );
  entry.append(title);
  if (jump.lines.length) {
    const lines = element("ul");
    jump.lines.forEach((words) => lines.append(element("li", "", words)));
    entry.append(lines);
  }
  const who = element("p", "receivers");
  for (const [key, count] of Object.entries(jump.sent)) {
    const person = people.get(key);
    if (!person || !count) continue;
    const link = element("a", "", `${person.name}: ${count} tin`);
    link.href = `#${encodeURIComponent(key)}`;
    who.append(link, " ");
  }
  if (!who.childElementCount) who.textContent = "Không ai trong số này có tin mới.";
  entry.append(who);
  diary.prepend(entry);
  announce.textContent = `Đồng hồ đã chuyển đến ${jump.to.day}, ${jump.to.time}.`;
}

async function leap(to) {
  leaps.forEach((button) => (button.disabled = true));
  document.body.setAttribute("aria-busy", "true");
  announce.textContent = "Đang chuyển đồng hồ…";
  const talking = current?.conversation;
  const last = talking?.lastId;
  try {
    const jump = await post("/demo/advance", { to });
    showClock(jump.to);
    tell(jump);
    talking?.readFrom(last);
  } catch (error) {
    const entry = element("li", "wrong", error.message);
    diary.prepend(entry);
    announce.textContent = error.message;
  } finally {
    leaps.forEach((button) => (button.disabled = false));
    document.body.removeAttribute("aria-busy");
  }
}

function showLink(words, good) {
  for (const place of document.querySelectorAll(".conversation .link-state")) {
    place.textContent = words;
    place.classList.toggle("lost", !good);
  }
}

async function open() {
  const state = await ask("/demo/state");
  showClock(state.now);
  stage.replaceChildren();
  for (const facts of state.people) {
    const person = new Person(facts);
    people.set(person.key, person);
    byChat.set(person.chat, person);
  }
  await Promise.all([...people.values()].map((person) => person.conversation.load()));
  for (const person of people.values()) person.changed();
  choose();
  const last = [...people.values()].reduce((id, one) => (one.conversation.lastId > id ? one.conversation.lastId : id), START);
  listen("/demo/events", last, {
    onLine: (line) => byChat.get(line.chat)?.conversation.add(line),
    onState: showLink,
  });
  leaps.forEach((button) => button.addEventListener("click", () => leap(button.dataset.leap)));
  addEventListener("hashchange", choose);
  narrow.addEventListener("change", choose);
  document.addEventListener("visibilitychange", () => current?.changed());
  document.body.classList.add("ready");
}

open().catch((error) => stage.replaceChildren(element("p", "waiting", error.message)));
