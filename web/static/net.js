// Talking to the server: requests that fail with a sentence, and the stream of new lines.

export const START = "0".repeat(19);

const UNREACHED = "Chưa nối được với máy chủ. Xin kiểm tra mạng rồi thử lại.";

export async function ask(url, options = {}) {
  let answer;
  try {
    answer = await fetch(url, { credentials: "same-origin", ...options });
  } catch {
    throw new Error(UNREACHED);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || UNREACHED);
  return body;
}

export function post(url, body) {
  return ask(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function upload(url, file) {
  return ask(url, {
    method: "POST",
    headers: {
      "Content-Type": file.type || "application/octet-stream",
      "X-File-Name": encodeURIComponent(file.name),
    },
    body: file,
  });
}

// Name one sending, so that repeating it is harmless.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Listen for lines after `after`. The browser reconnects by itself; where it gives up we begin anew.
export function listen(url, after, { onLine, onState }) {
  let last = after;
  let patience = 2000;
  const open = () => {
    const source = new EventSource(`${url}?after=${last}`);
    source.addEventListener("open", () => {
      patience = 2000;
      onState("Đã kết nối", true);
    });
    source.addEventListener("line", (event) => {
      if (event.lastEventId > last) last = event.lastEventId;
      onLine(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      onState("Mất kết nối, đang nối lại…", false);
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(open, patience);
        patience = Math.min(patience * 2, 60000);
      }
    });
  };
  open();
}
