// The public chat page.

import { Conversation } from "./conversation.js";
import { listen, START } from "./net.js";

const root = document.querySelector(".conversation");
const state = document.querySelector(".link-state");
const welcome = document.getElementById("welcome").content.firstElementChild.cloneNode(true);
const conversation = new Conversation(root, { base: "/chat", welcome });
conversation.suggestions.append(document.getElementById("suggestions").content.cloneNode(true));

function show(words, good) {
  state.textContent = words;
  state.classList.toggle("lost", !good);
}

try {
  await conversation.load();
} catch (error) {
  show(error.message, false);
}
listen("/chat/events", conversation.lastId || START, {
  onLine: (line) => conversation.add(line),
  onState: show,
});
