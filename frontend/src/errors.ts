// When the server does not answer: one sentence, and nothing that was typed is lost.

const NO_ANSWER =
  "Journeyman does not answer. Look whether it still runs in the terminal where you started it; " +
  "what you typed is still here, so you can send it again.";

function say(sentence: string): void {
  const place = document.getElementById("notice");
  if (place === null) return;
  place.replaceChildren();
  const notice = document.createElement("p");
  notice.className = "notice notice-bad";
  notice.textContent = sentence;
  place.append(notice);
  place.scrollIntoView({ block: "nearest" });
}

/** Show failed requests in the page's notice, and clear it when something goes well. */
export function listenToErrors(): void {
  document.addEventListener("htmx:error", () => {
    say(NO_ANSWER);
  });
  document.addEventListener("htmx:after:swap", () => {
    // A form far down the page: what the server says of it stands at the top.
    document.querySelector("#notice > .notice")?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:before:request", () => {
    document.getElementById("notice")?.replaceChildren();
  });
}
