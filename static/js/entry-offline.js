// The log form and the queue: both work without a network, from what this device keeps.
import { OfflineForm } from "./offline-form.js";
import { answerSigningOut } from "./offline-leaving.js";
import { Notices } from "./offline-notices.js";
import { QueuePage } from "./offline-page.js";
import { records } from "./offline-queue.js";
import { Sender } from "./offline-send.js";
import { NEWS } from "./offline-store.js";
import { wordsIn } from "./offline-words.js";

const form = document.querySelector("form[data-offline-form]");
const queue = document.querySelector("[data-offline-queue]");
const notices = document.querySelector("[data-offline-notices]");
const leaving = document.querySelector("[data-signing-out]");

if ("locks" in navigator && "indexedDB" in window) {
  if (form && notices) startForm().catch((error) => console.warn("The form works without keeping drafts", error));
  if (queue) startQueue().catch((error) => console.warn("The queue can't be read", error));
  if (leaving) answerSigningOut(leaving);
  register();
}

async function startForm() {
  const sender = new Sender();
  const said = new Notices(notices, wordsIn(notices));
  const tell = async () => said.waiting(await records());
  addEventListener(NEWS, tell);
  new BroadcastChannel(NEWS).addEventListener("message", tell);
  await new OfflineForm(form, { sender, words: said.words, notices: said }).start();
  await tell();
  sender.send();
}

async function startQueue() {
  const sender = new Sender();
  await new QueuePage(queue, { sender, words: wordsIn(queue) }).start();
  sender.send();
}

async function register() {
  if (!("serviceWorker" in navigator)) return;
  try {
    const noted = await caches.open("outreach-language");
    await noted.put("/language", new Response(document.documentElement.lang));
    await navigator.serviceWorker.register("/service-worker.js", { scope: "/", updateViaCache: "none" });
    // Asked of the browser so that it doesn't throw away what waits when it needs the room.
    await navigator.storage?.persist?.();
  } catch (error) {
    console.warn("The form does not open without a network", error);
  }
}
